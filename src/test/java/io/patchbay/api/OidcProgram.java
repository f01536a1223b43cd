package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;

import io.patchbay.ops.security.LocalUser;
import io.patchbay.ops.security.LocalUsers;
import io.patchbay.ops.security.OidcIssuer;
import io.patchbay.outbound.Outbound;
import io.patchbay.run.jdbc.RunCaches;
import io.patchbay.secret.Redactor;
import io.patchbay.secret.Seal;
import io.patchbay.secret.Secrets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The program with a real OpenID provider, at which people may log in. */
@SpringBootTest(
        classes = {ApiProgram.class, OidcProgram.Parts.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "patchbay.admin-token=" + ApiProgram.TOKEN,
            "patchbay.public-url=" + OidcIssuer.PUBLIC,
            "patchbay.access.oidc.client-id=patchbay",
            "patchbay.access.oidc.client-secret=${secret.OIDC}",
            "patchbay.access.oidc.title=Acme <Login>",
            "patchbay.access.oidc.roles.administrator=group-of-root",
            "patchbay.access.oidc.roles.manager=group-of-max",
            "patchbay.access.oidc.roles.user=group-of-ada,told-when-asked",
            "patchbay.access.oidc.roles.read-only=group-of-eve"
        })
abstract class OidcProgram extends OidcWalk {

    static OidcIssuer issuer;

    @Autowired
    LocalUsers users;

    @Autowired
    private RunCaches caches;

    @TestConfiguration
    static class Parts {

        @Bean
        Secrets secrets(Redactor redactor) {
            return new Secrets(
                    name -> name.equals("PATCHBAY_SECRET_OIDC") ? OidcIssuer.SECRET : null,
                    Path.of("none"),
                    name -> Optional.empty(),
                    redactor);
        }

        @Bean
        Outbound way() {
            return Outbound.STRAIGHT;
        }

        @Bean
        Seal seal() {
            return Seal.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", new SecureRandom());
        }
    }

    /** It is not up when the program starts: that needs nothing of it. One for all classes, as the program is. */
    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        issuer = new OidcIssuer();
        Runtime.getRuntime().addShutdownHook(new Thread(issuer::close));
        registry.add("patchbay.access.oidc.issuer", issuer::url);
    }

    @BeforeEach
    void fill(@Autowired ApplicationContext context) throws Exception {
        api = new ApiFixture(context);
        try (Connection connection = caches.store().database().dataSource().getConnection()) {
            connection.createStatement().execute("delete from audit_entry");
        }
    }

    @AfterEach
    void forget() {
        issuer.behaves();
        users.list().stream().map(LocalUser::name).forEach(users::remove);
    }

    void isNobody() throws Exception {
        problem(send(ours("GET", SESSION)), 401, "bearer token");
    }
}
