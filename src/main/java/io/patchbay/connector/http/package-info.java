/**
 * Calls over HTTP. Under it works camel-http: its component, its endpoint and its pooled client, one per instance, with
 * automatic retries off (the client would repeat a POST on 503). Its producer is extended in one place, so that the request
 * is made from what was compiled at deploy time and not from headers of a message, and the answer is read as a stream within
 * bounds; no header of a message can reach a request, and none of an answer a message.
 */
@NullMarked
package io.patchbay.connector.http;

import org.jspecify.annotations.NullMarked;
