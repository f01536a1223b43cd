package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.ops.audit.AuditTrail;
import io.patchbay.ops.security.Actor;
import io.patchbay.ops.security.LocalUser;
import io.patchbay.ops.security.LocalUsers;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.ops.security.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The people that Patchbay itself knows. */
@RestController
@RequestMapping(path = "/api/v1/users", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Users: people who log in with a password, each with a role")
final class UsersResource {

    private static final DataSize MOST = DataSize.ofKilobytes(16);
    private static final int LONGEST = 1_000;

    private final LocalUsers users;

    UsersResource(LocalUsers users) {
        this.users = users;
    }

    @GetMapping
    @Needs(Permission.VIEW)
    @Doc("All users, by name")
    @Answers
    Page<UserView> list(
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        List<UserView> all = users.list().stream().map(UserView::of).toList();
        return Page.of(all, UserView::name, after, Page.limit(limit));
    }

    @GetMapping("/{name}")
    @Needs(Permission.VIEW)
    @Doc("One user")
    @Answers(problems = 404)
    UserView one(@PathVariable String name) {
        return UserView.of(user(name));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Permission.PEOPLE)
    @Doc("Makes a user known. Who is no administrator can make users who run and who only read.")
    @Answers(value = 201, problems = 413)
    UserView add(HttpServletRequest request, @AuthenticationPrincipal Actor who) throws IOException {
        JsonNode given = JsonRequest.object(JsonRequest.bytes(request, MOST), List.of("name", "role", "password"));
        String name = JsonRequest.needed(given, "name", LONGEST, "say what the user logs in with");
        Role role = AccessKeyRequest.role(JsonRequest.needed(given, "role", LONGEST, "say what the user may do"));
        AuditTrail.about(request, name + " as " + role.word());
        mayGive(who, role);
        return told(() -> users.add(name, role, password(given)));
    }

    @PostMapping("/{name}/role")
    @Needs(Permission.PEOPLE)
    @Doc("Gives a user another role; their sessions end")
    @Answers(problems = {404, 413})
    UserView role(
            @PathVariable String name,
            Precondition before,
            HttpServletRequest request,
            @AuthenticationPrincipal Actor who)
            throws IOException {
        JsonNode given = JsonRequest.object(JsonRequest.bytes(request, MOST), List.of("role"));
        Role role = AccessKeyRequest.role(JsonRequest.needed(given, "role", LONGEST, "say what the user may do"));
        AuditTrail.about(request, name + " as " + role.word());
        mayGive(who, user(name).role());
        mayGive(who, role);
        before.check(one(name));
        users.role(name, role);
        return UserView.of(user(name));
    }

    @PostMapping("/{name}/password")
    @Needs(Permission.SELF)
    @Doc("Gives a user, or oneself, another password; their sessions end")
    @Answers(problems = {404, 413})
    UserView password(
            @PathVariable String name,
            Precondition before,
            HttpServletRequest request,
            @AuthenticationPrincipal Actor who)
            throws IOException {
        mayChange(who, name);
        before.check(one(name));
        JsonNode given = JsonRequest.object(JsonRequest.bytes(request, MOST), List.of("password"));
        return told(() -> {
            users.password(name, password(given));
            return user(name);
        });
    }

    @PostMapping("/{name}/code")
    @Needs(Permission.SELF)
    @Doc(
            "Asks a user, or oneself, for a one-time code from now on: its six digits stand behind the password. The answer shows"
                    + " the secret for the app, this once.")
    @Answers(problems = 404)
    UserCodeView code(@PathVariable String name, Precondition before, @AuthenticationPrincipal Actor who) {
        mayChange(who, name);
        before.check(one(name));
        String secret = users.code(name);
        return new UserCodeView(
                name,
                secret,
                "otpauth://totp/Patchbay:" + name.replace("@", "%40") + "?secret=" + secret + "&issuer=Patchbay");
    }

    @DeleteMapping("/{name}/code")
    @Needs(Permission.PEOPLE)
    @Doc("Asks a user for no one-time code any more")
    @Answers(problems = 404)
    UserView noCode(@PathVariable String name, Precondition before, @AuthenticationPrincipal Actor who) {
        mayGive(who, user(name).role());
        before.check(one(name));
        users.noCode(name);
        return UserView.of(user(name));
    }

    @DeleteMapping("/{name}")
    @Needs(Permission.PEOPLE)
    @Doc("Ends a user; their sessions end with the next request")
    @Answers(problems = 404)
    RemovedUserView remove(@PathVariable String name, Precondition before, @AuthenticationPrincipal Actor who) {
        mayGive(who, user(name).role());
        before.check(one(name));
        users.remove(name);
        return new RemovedUserView(name);
    }

    private static String password(JsonNode given) {
        return JsonRequest.needed(given, "password", LONGEST, "give one");
    }

    /** Who asks is the user, or may decide about them. */
    private void mayChange(Actor who, String name) {
        boolean self = who.kind() == Actor.Kind.USER && who.name().equals(name);
        if (!self && !who.role().may(Permission.PEOPLE)) {
            throw denied("The role " + who.role().word() + " may change nobody but oneself.");
        }
        Role role = user(name).role();
        if (!self) {
            mayGive(who, role);
        }
    }

    /** Nobody decides about those who may as much as they themselves, but administrators. */
    private static void mayGive(Actor who, Role role) {
        if (who.role() != Role.ADMINISTRATOR && role.may(Permission.PEOPLE)) {
            throw denied("The role " + who.role().word() + " decides about users and read-only alone, not about "
                    + role.word() + ".");
        }
    }

    private static ErrorResponseException denied(String sentence) {
        return Refusal.of(HttpStatus.FORBIDDEN, sentence);
    }

    private LocalUser user(String name) {
        return users.find(name).orElseThrow(() -> Refusal.notFound("user", name));
    }

    private static UserView told(java.util.function.Supplier<LocalUser> work) {
        try {
            return UserView.of(work.get());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
