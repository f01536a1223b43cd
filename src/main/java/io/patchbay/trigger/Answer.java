package io.patchbay.trigger;

/**
 * What a callback's caller gets.
 *
 * @param status HTTP status
 * @param contentType the body's media type
 * @param body never changed after this
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
public record Answer(int status, String contentType, byte[] body) {}
