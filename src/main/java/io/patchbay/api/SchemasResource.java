package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** JSON Schemas of the file kinds, for editors. */
@RestController
@RequestMapping("/api/v1/schemas")
@Doc("Schemas: JSON Schemas of the file kinds, for editors")
final class SchemasResource {

    private static final MediaType SCHEMA = MediaType.parseMediaType("application/schema+json");

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("Names of the file kinds")
    @Answers
    Page<String> list() {
        return Page.all(SchemaFiles.names());
    }

    @GetMapping("/{name}")
    @Needs(Permission.VIEW)
    @Doc("The schema of a file kind")
    @Answers(problems = 404)
    ResponseEntity<byte[]> one(@PathVariable String name) {
        byte[] schema = SchemaFiles.read(name).orElseThrow(() -> Refusal.notFound("schema", name));
        return ResponseEntity.ok().contentType(SCHEMA).body(schema);
    }
}
