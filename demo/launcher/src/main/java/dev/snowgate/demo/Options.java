package dev.snowgate.demo;

import java.util.List;

/** Reads command line options of the form {@code --name value} or {@code --name=value}. */
final class Options {
    private Options() {}

    static int number(List<String> arguments, String name, int otherwise) {
        String value = text(arguments, name, Integer.toString(otherwise));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new DemoException(name + " wants a number, not '" + value + "'");
        }
    }

    static String text(List<String> arguments, String name, String otherwise) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).startsWith(name + "=")) {
                return arguments.get(i).substring(name.length() + 1);
            }
            if (arguments.get(i).equals(name) && i + 1 < arguments.size()) {
                return arguments.get(i + 1);
            }
        }
        return otherwise;
    }
}
