package io.patchbay.ops.connect;

import io.patchbay.connector.Instance;
import io.patchbay.connector.auth.Connecting;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceConnect;
import io.patchbay.connector.camel.InstanceConnect.Arrival;
import io.patchbay.connector.camel.InstanceConnect.Begun;
import io.patchbay.connector.camel.InstanceConnect.Departure;
import io.patchbay.connector.camel.InstanceConnect.Standing;
import io.patchbay.ops.http.HtmlPage;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Open;
import io.patchbay.ops.security.Permission;
import io.patchbay.payload.StepException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Begins the connection of an instance and receives its answer, behind the same login as the console. What was begun lies in
 * the browser's session, so that an answer is of use there only, and once.
 *
 * <p>The session's cookie is not sent when another site leads here. So the answer arrives at an open address that does nothing
 * but lead on to the one behind the login, from a page of ours.
 */
@RestController
@RequestMapping(path = Connecting.PATH, produces = MediaType.TEXT_HTML_VALUE)
class ConnectPages {

    private final InstanceCalls instances;
    private final InstanceConnect connect;

    ConnectPages(InstanceCalls instances, InstanceConnect connect) {
        this.instances = instances;
        this.connect = connect;
    }

    @GetMapping
    @Needs(Permission.VIEW)
    ResponseEntity<String> all() {
        List<String> names = instances.catalog().instances().stream()
                .filter(InstanceConnect::needed)
                .map(Instance::name)
                .sorted()
                .toList();
        return page(HttpStatus.OK, Html.list(names, Connecting.PATH.substring(1)));
    }

    @GetMapping("/instances/{name}")
    @Needs(Permission.VIEW)
    ResponseEntity<String> one(@PathVariable String name, HttpServletRequest request) {
        return shown(HttpStatus.OK, name, null, request);
    }

    @PostMapping("/instances/{name}")
    @Needs(Permission.CONNECT)
    ResponseEntity<String> begin(@PathVariable String name, HttpServletRequest request) {
        try {
            Departure departure = connect.begin(name);
            Pending.of(request.getSession(true)).add(departure.begun());
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .header(HttpHeaders.LOCATION, departure.address().toString())
                    .build();
        } catch (StepException e) {
            return shown(HttpStatus.CONFLICT, name, sentence(e), request);
        }
    }

    @PostMapping("/instances/{name}/disconnect")
    @Needs(Permission.CONNECT)
    ResponseEntity<String> disconnect(@PathVariable String name, HttpServletRequest request) {
        try {
            String rest = connect.disconnect(name);
            return shown(HttpStatus.OK, name, "The tokens are deleted" + (rest == null ? "." : "; " + rest), request);
        } catch (StepException e) {
            return shown(HttpStatus.CONFLICT, name, sentence(e), request);
        }
    }

    /** Where the other system leads the browser to. */
    @GetMapping("/callback")
    @Open("it only leads on to the page behind the login; the browser of another site arrives here")
    ResponseEntity<String> callback(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String iss,
            @RequestParam(required = false) @Nullable String error) {
        return page(HttpStatus.OK, new HtmlPage("Connecting").onTo(Html.onward("done", state, code, iss, error)));
    }

    /** Takes the answer. */
    @GetMapping("/done")
    @Needs(Permission.CONNECT)
    ResponseEntity<String> done(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String iss,
            @RequestParam(required = false) @Nullable String error,
            HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        Begun begun =
                session == null || state == null ? null : Pending.of(session).take(state);
        if (begun == null) {
            return page(
                    HttpStatus.FORBIDDEN,
                    new HtmlPage("Not connected")
                            .text("This answer belongs to nothing that was begun in this browser, or was used before."
                                    + " Begin again on the page of the instance.")
                            .link("../" + Connecting.PATH.substring(1), "Instances to connect"));
        }
        try {
            connect.finish(begun, new Arrival(code, iss, error));
            return shown(HttpStatus.OK, begun.instance(), "The instance is connected.", request);
        } catch (StepException e) {
            return shown(HttpStatus.CONFLICT, begun.instance(), sentence(e), request);
        }
    }

    private ResponseEntity<String> shown(
            HttpStatus status, String name, @Nullable String said, HttpServletRequest request) {
        Standing standing;
        try {
            standing = connect.standing(name).orElse(null);
        } catch (StepException e) {
            return page(HttpStatus.CONFLICT, new HtmlPage(name).said(said).text(sentence(e)));
        }
        if (standing == null) {
            return page(HttpStatus.NOT_FOUND, new HtmlPage("Not found").text("There is no such instance."));
        }
        return page(
                status,
                Html.standing(
                        new HtmlPage("Instance " + name).said(said), standing, connect.redirect(), csrf(request)));
    }

    private String sentence(StepException e) {
        return instances.redacted(String.valueOf(e.getMessage()));
    }

    private static CsrfToken csrf(HttpServletRequest request) {
        return (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    }

    private static ResponseEntity<String> page(HttpStatus status, HtmlPage page) {
        return page.answer(status);
    }
}
