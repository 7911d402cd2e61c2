package dev.snowgate.masking;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a phone number's calling code, which tells the country (or the group of countries that share it).
 *
 * @param region country of numbers without a calling code, null if there is none: then they keep nothing
 */
record PhoneMask(@Nullable String region) implements CellMask {
    private static final int LONGEST_VALUE = 40;

    static PhoneMask of(String region) {
        if (region.isEmpty()) {
            return new PhoneMask(null);
        }
        if (!PhoneNumberUtil.getInstance().getSupportedRegions().contains(region)) {
            throw new IllegalArgumentException("a region is a country code of two capital letters, such as CH");
        }
        return new PhoneMask(region);
    }

    String argument() {
        return region == null ? "" : region;
    }

    @Override
    public boolean keeps(CellType type) {
        return type == CellType.TEXT;
    }

    @Override
    public String apply(CellType type, String cell, DetectionCounts counts) {
        if (cell.length() > LONGEST_VALUE) {
            return PartialMask.STARS;
        }
        try {
            PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
            PhoneNumber number = phones.parse(cell, region);
            return phones.isPossibleNumber(number)
                    ? "+" + number.getCountryCode() + " " + PartialMask.STARS
                    : PartialMask.STARS;
        } catch (NumberParseException e) {
            return PartialMask.STARS;
        }
    }

    @Override
    public long mostCharacters(CellType type, long length) {
        return "+999 ".length() + (long) PartialMask.STARS.length();
    }
}
