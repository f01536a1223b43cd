package io.patchbay.connector;

import io.patchbay.connector.Endpoint.FileCall;
import io.patchbay.connector.Endpoint.HttpCall;
import io.patchbay.connector.Endpoint.JobCall;
import io.patchbay.connector.Endpoint.MailCall;
import io.patchbay.connector.Endpoint.QueueCall;
import io.patchbay.connector.Endpoint.SqlCall;
import io.patchbay.expression.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Endpoints whose answer does not hang on the payload that they are called with. */
final class ReadByItself {

    private static final Set<String> DATA = Set.of("record", "payload");

    private ReadByItself() {}

    /** Whether one reads by a call that carries no content, and asks by nothing of the data but what its inputs may hold. */
    static boolean does(Endpoint endpoint) {
        if (endpoint.acts()) {
            return false;
        }
        Endpoint.Call call = endpoint.call();
        if (call instanceof HttpCall http) {
            // Code that changes requests sees the payload.
            return http.method().equals("GET")
                    && http.content() instanceof Endpoint.Content.NoContent
                    && http.code().request() == null
                    && free(of(http));
        }
        if (call instanceof FileCall file) {
            return free(Stream.of(file.path(), file.pattern(), file.to()));
        }
        if (call instanceof SqlCall sql) {
            return free(sql.parameters().values().stream());
        }
        if (call instanceof MailCall mail) {
            return free(Stream.of(mail.folder(), mail.id(), mail.into()));
        }
        if (call instanceof QueueCall queue) {
            return free(Stream.of(queue.destination()));
        }
        return !(call instanceof JobCall);
    }

    private static Stream<Template> of(HttpCall http) {
        List<Template> all = new ArrayList<>(http.path());
        all.add(http.url());
        http.query().forEach(parameter -> all.add(parameter.value()));
        http.headers().forEach(parameter -> all.add(parameter.value()));
        return all.stream();
    }

    private static boolean free(Stream<Template> templates) {
        return templates
                .filter(Objects::nonNull)
                .flatMap(template -> template.reads().stream())
                .noneMatch(ref -> DATA.contains(ref.root()));
    }
}
