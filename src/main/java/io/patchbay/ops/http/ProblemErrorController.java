package io.patchbay.ops.http;

import io.patchbay.ops.security.Open;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what the container itself refused or what failed outside of controllers, with a problem document. */
@Controller
class ProblemErrorController implements ErrorController {

    private final ProblemDocuments documents;

    ProblemErrorController(ProblemDocuments documents) {
        this.documents = documents;
    }

    @RequestMapping("${server.error.path:/error}")
    @Open("it says what went wrong, which whoever asked may know")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpStatus status = status(request);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail(status));
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        documents.write(
                response, ProblemDocuments.complete(problem, path instanceof String p ? p : request.getRequestURI()));
    }

    private static HttpStatus status(HttpServletRequest request) {
        HttpStatus known = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.resolve(code)
                : null;
        // A caller who asks for the error page itself made no error that it could show.
        return known == null ? HttpStatus.NOT_FOUND : known;
    }

    private static String detail(HttpStatus status) {
        if (status.is5xxServerError()) {
            return "Patchbay could not answer; its log has the cause.";
        }
        return status == HttpStatus.NOT_FOUND ? "Nothing is here." : "The request was refused.";
    }
}
