package dev.snowgate.masking;

/**
 * Keeps the first and the last characters, with four stars between them whatever the length of the value. Where that
 * would show more than half of the letters and digits, only the stars.
 */
record PartialMask(int first, int last) implements CellMask {
    static final String STARS = "****";
    private static final int MOST = 100;

    PartialMask {
        if (first < 0 || last < 0 || first > MOST || last > MOST || first + last == 0) {
            throw new IllegalArgumentException("first and last are numbers of characters from 0 to 100, not both 0");
        }
    }

    static PartialMask of(String argument) {
        int comma = argument.indexOf(',');
        if (comma < 0) {
            throw new IllegalArgumentException("not two numbers");
        }
        return new PartialMask(
                Integer.parseInt(argument.substring(0, comma)), Integer.parseInt(argument.substring(comma + 1)));
    }

    String argument() {
        return first + "," + last;
    }

    @Override
    public boolean keeps(CellType type) {
        return type == CellType.TEXT;
    }

    @Override
    public String apply(CellType type, String cell, DetectionCounts counts) {
        int characters = cell.codePointCount(0, cell.length());
        if (first + last >= characters) {
            return STARS;
        }
        int head = cell.offsetByCodePoints(0, first);
        int tail = cell.offsetByCodePoints(cell.length(), -last);
        int shown = lettersAndDigits(cell, 0, head) + lettersAndDigits(cell, tail, cell.length());
        if (2 * shown > shown + lettersAndDigits(cell, head, tail)) {
            return STARS;
        }
        return cell.substring(0, head) + STARS + cell.substring(tail);
    }

    private static int lettersAndDigits(String text, int from, int to) {
        int count = 0;
        for (int i = from; i < to; ) {
            int c = text.codePointAt(i);
            count += Character.isLetterOrDigit(c) ? 1 : 0;
            i += Character.charCount(c);
        }
        return count;
    }

    @Override
    public Utf8Mask inUtf8(CellType type) {
        return new Utf8Partial(first, last);
    }

    @Override
    public long mostCharacters(CellType type, long length) {
        return (long) STARS.length() + first + last;
    }
}
