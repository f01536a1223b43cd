package io.patchbay.ops.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * Makes and writes problem documents (RFC 9457): type, title, status, detail, instance, an {@code id} to quote, and a {@code code} for
 * programs: that of what went wrong where somebody said it, else the name of the status.
 */
public final class ProblemDocuments {

    private static final String CODE = "code";

    private final ObjectMapper json;

    /** @param json Spring's mapper, which knows how a {@link ProblemDetail} is written */
    public ProblemDocuments(ObjectMapper json) {
        this.json = json;
    }

    /**
     * A document for a status.
     *
     * @param detail one sentence for the caller; never a secret, never the name of a class
     */
    public static ProblemDetail of(HttpStatus status, String detail, HttpServletRequest request) {
        return complete(ProblemDetail.forStatusAndDetail(status, detail), request.getRequestURI());
    }

    /** Says what went wrong by a code: words of capital letters. */
    public static ProblemDetail coded(ProblemDetail problem, String code) {
        problem.setProperty(CODE, code);
        return problem;
    }

    /** Adds what each document has and this one has not yet: the path asked for, a code and an id. */
    static ProblemDetail complete(ProblemDetail problem, String path) {
        if (problem.getInstance() == null) {
            problem.setInstance(asUri(path));
        }
        if (!has(problem, CODE)) {
            HttpStatus status = HttpStatus.resolve(problem.getStatus());
            coded(problem, status == null ? "STATUS_" + problem.getStatus() : status.name());
        }
        if (!has(problem, "id")) {
            problem.setProperty("id", UuidCreator.getTimeOrderedEpoch().toString());
        }
        return problem;
    }

    private static boolean has(ProblemDetail problem, String property) {
        return problem.getProperties() != null && problem.getProperties().containsKey(property);
    }

    /** Writes a document as the whole answer, unless an answer is already on its way. */
    public void write(HttpServletResponse response, ProblemDetail problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = json.writeValueAsBytes(problem);
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Writes a document of a status. */
    public void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
            throws IOException {
        write(response, of(status, detail, request));
    }

    private static URI asUri(String path) {
        try {
            return new URI(path);
        } catch (URISyntaxException e) {
            return URI.create("data:," + path.getBytes(StandardCharsets.UTF_8).length + "-bytes");
        }
    }
}
