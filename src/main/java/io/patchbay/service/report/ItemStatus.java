package io.patchbay.service.report;

/** How an item of a service stands. */
public enum ItemStatus {
    /** The destination took it, and said so. */
    OK,
    /** It was handed over to a destination that confirms nothing: files, mails, messages. */
    SENT,
    /** It is, or will be, tried again. */
    PENDING,
    /** It failed, and nothing tries it again by itself. */
    FAILED
}
