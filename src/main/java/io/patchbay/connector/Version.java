package io.patchbay.connector;

import java.util.Comparator;

/** A version of a connector: semantic versioning's three numbers. */
public record Version(int major, int minor, int patch) implements Comparable<Version> {

    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch);

    /** Reads {@code 2.3.0}. @throws IllegalArgumentException if the text has another form */
    public static Version parse(String text) {
        String[] numbers = text.split("\\.", -1);
        if (numbers.length != 3) {
            throw new IllegalArgumentException("version '" + text + "' must be three numbers, like 2.3.0");
        }
        return new Version(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    }

    /** Whether it is what {@code 2} or {@code 2.3.0} asks for. */
    public boolean fits(String wanted) {
        return wanted.equals(toString()) || wanted.equals(String.valueOf(major));
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
