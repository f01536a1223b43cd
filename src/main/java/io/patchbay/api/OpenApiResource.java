package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The description of the API. A test writes it from the resources' methods and records and fails when it is stale: a library
 * that does the same when the program starts would cost more time than the whole API.
 */
@RestController
@RequestMapping("/api/v1/openapi.json")
@Doc("This document")
final class OpenApiResource {

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("The API as an OpenAPI 3.1 document")
    @Answers
    Resource document() {
        return new ClassPathResource("openapi.json");
    }
}
