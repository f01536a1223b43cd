package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.route.MapPreviews;
import io.patchbay.route.MapPreviews.NoPreviewException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Maps tried on samples. Nothing of a sample is kept or logged: the answer goes to who sent it. */
@RestController
@RequestMapping("/api/v1/flows/{id}/map-preview")
@Doc("Previews: what a map makes of a sample, field by field")
final class MapPreviewResource {

    private static final DataSize MOST = DataSize.ofMegabytes(4);
    private static final Duration LATER = Duration.ofSeconds(1);

    private final MapPreviews previews;

    MapPreviewResource(MapPreviews previews) {
        this.previews = previews;
    }

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.RUN)
    @Doc(
            "Maps a sample of at most 4 MB and 100 records as the flow would that is deployed, or a text that is not; nothing runs, and"
                    + " nothing of the sample is kept")
    @Answers(problems = {404, 413, 429})
    MapPreviewView preview(@PathVariable String id, HttpServletRequest request) throws IOException {
        MapPreviews.Ask ask = MapPreviewRequest.read(id, JsonRequest.bytes(request, MOST));
        if (ask.text() == null && !previews.knows(id)) {
            throw Refusal.notFound("flow", id);
        }
        try {
            return MapPreviewView.of(previews.preview(ask));
        } catch (NoPreviewException e) {
            String sentence = Refusal.sentence(String.valueOf(e.getMessage()));
            throw e.later()
                    ? Refusal.later(HttpStatus.TOO_MANY_REQUESTS, sentence, LATER)
                    : Refusal.badRequest(sentence);
        }
    }
}
