package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.route.Flows;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is wrong with files now. */
@RestController
@RequestMapping("/api/v1/problems")
@Doc("Problems: what is wrong with files now")
final class ProblemsResource {

    private final Flows flows;

    ProblemsResource(Flows flows) {
        this.flows = flows;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("All problems of all files, by file and place")
    @Answers
    Page<ProblemView> list(
            @RequestParam(required = false) @Doc("Only this file's, relative to the home folder") @Nullable
                    String file) {
        return Page.all(flows.problems().stream()
                .filter(problem -> file == null || problem.at().file().equals(file))
                .sorted()
                .map(ProblemView::of)
                .toList());
    }
}
