package io.patchbay.secret;

/** A value that must not be shown. It prints as {@code ***}; whoever needs the value has to say {@link #reveal}. */
public final class Secret {

    private final String value;

    /** A secret. */
    public Secret(String value) {
        this.value = value;
    }

    /** The value itself: for a request, a login or a signature, nothing else. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
