package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceConnect;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether a person let an instance into its system; connecting itself is done in a browser. */
@RestController
@RequestMapping(path = "/api/v1/instances/{name}/connection", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Instances that a person has to let into a system")
final class ConnectionsResource {

    private final InstanceConnect connect;
    private final InstanceCalls instances;

    ConnectionsResource(InstanceConnect connect, InstanceCalls instances) {
        this.connect = connect;
        this.instances = instances;
    }

    @GetMapping
    @Needs(Permission.VIEW)
    @Doc("Whether a person has let the instance in, and where that is done")
    @Answers(problems = {404, 409})
    ConnectionView one(@PathVariable String name) {
        try {
            return view(name, null);
        } catch (StepException e) {
            throw conflict(e);
        }
    }

    @DeleteMapping
    @Needs(Permission.CONNECT)
    @Doc(
            "Deletes the tokens, and gives them back where the connector says how; a run that needs them fails from then on")
    @Answers(problems = {404, 409})
    ConnectionView disconnect(@PathVariable String name) {
        try {
            view(name, null);
            return view(name, connect.disconnect(name));
        } catch (StepException e) {
            throw conflict(e);
        }
    }

    private ConnectionView view(String name, @Nullable String rest) throws StepException {
        return connect.standing(name)
                .map(one -> ConnectionView.of(one, connect.redirect(), rest))
                .orElseThrow(() -> Refusal.notFound("instance", name));
    }

    private ErrorResponseException conflict(StepException e) {
        return Refusal.conflict(instances.redacted(String.valueOf(e.getMessage())));
    }
}
