package io.patchbay.ops.http;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Tomcat's own page for requests that never reach Spring (a broken request line, a bad header), as a problem document. It
 * names no path: the request could not be read.
 */
public final class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable cause) {
        int code = response.getStatus();
        if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus known = HttpStatus.resolve(code);
        String body = ("{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\","
                        + "\"id\":\"%s\"}")
                .formatted(
                        known == null ? "Error" : known.getReasonPhrase(),
                        code,
                        code < 500 ? "The request could not be read." : "Patchbay could not answer.",
                        known == null ? "STATUS_" + code : known.name(),
                        UuidCreator.getTimeOrderedEpoch());
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("UTF-8");
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(body);
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            // The caller has gone or the answer had begun: nothing is left to tell anyone.
            getContainer().getLogger().debug("error report not written", e);
        }
    }
}
