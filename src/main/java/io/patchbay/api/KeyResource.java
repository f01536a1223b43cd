package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.secret.KeyRotation;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The key that encrypts what is kept at rest. */
@RestController
@RequestMapping(path = "/api/v1/key", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("The key that encrypts what is kept at rest")
final class KeyResource {

    private final KeyRotation rotation;

    KeyResource(KeyRotation rotation) {
        this.rotation = rotation;
    }

    @PostMapping("/rotate")
    @Needs(Permission.ADMINISTER)
    @Doc(
            "Makes a new key where Patchbay keeps it in a file, and encrypts everything with the newest. With PATCHBAY_KEY the first"
                    + " key there is the newest.")
    @Answers
    RotatedKeyView rotate() {
        return RotatedKeyView.of(rotation.rotate());
    }
}
