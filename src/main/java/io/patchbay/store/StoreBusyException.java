package io.patchbay.store;

/** More writes wait than the bounds allow; nothing was written. The caller may come again in a second. */
public final class StoreBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a sentence that says which bound was met. */
    public StoreBusyException(String message) {
        super(message, null, false, false);
    }
}
