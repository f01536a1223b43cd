package io.patchbay.store;

/** More writes wait than the bounds allow; nothing was written. The caller may come again in a second. */
public final class StoreBusyException extends RuntimeException {

    public StoreBusyException(String message) {
        super(message);
    }
}
