package io.patchbay.ops.security;

import io.patchbay.ops.PatchbayProperties;
import io.patchbay.ops.audit.AuditTrail;
import io.patchbay.outbound.Outbound;
import io.patchbay.secret.Seal;
import io.patchbay.secret.Secret;
import io.patchbay.secret.Secrets;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Lets people log in at an OpenID provider, when there is one. Which it is, is known at the start alone, so the bean is always there. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OidcProperties.class)
class OidcConfiguration {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{secret(?:\\.([A-Za-z_][A-Za-z0-9_-]{0,199})|\\['([^'}]{1,500})'])}");

    @Bean
    ProviderLogin providerLogin(
            OidcProperties settings,
            PatchbayProperties program,
            ObjectProvider<Secrets> secrets,
            ObjectProvider<Seal> seal,
            AuditTrail trail,
            Environment environment,
            ObjectProvider<Outbound> way,
            Clock clock) {
        if (!settings.isOn()) {
            return ProviderLogin.NONE;
        }
        String here = "http://localhost:" + environment.getProperty("server.port", "8080");
        String base = Objects.requireNonNullElse(program.publicUrl(), here).replaceAll("/+$", "");
        OidcRoles roles = new OidcRoles(settings);
        OidcClient client = new OidcClient(
                settings,
                base + OidcLogin.CALLBACK,
                secret(settings.clientSecret(), secrets.getObject()),
                roles::complete,
                clock,
                way.getObject());
        return new OidcLogin(settings, client, roles, seal.getObject(), trail, clock);
    }

    /** Looked up with each login: it may change while the program runs. */
    static Supplier<@Nullable String> secret(@Nullable String given, Secrets secrets) {
        Matcher reference = REFERENCE.matcher(String.valueOf(given));
        if (given == null || given.isBlank() || !reference.matches()) {
            if (given != null) {
                secrets.redactor().learn("patchbay.access.oidc.client-secret", given);
            }
            return () -> given == null || given.isBlank() ? null : given;
        }
        String name = reference.group(1) == null ? reference.group(2) : reference.group(1);
        return () -> found(name, secrets);
    }

    private static String found(String name, Secrets secrets) {
        try {
            return secrets.find(name).map(Secret::reveal).orElseThrow(() -> noSecret(name));
        } catch (Secrets.UnreachableException e) {
            throw noSecret(name);
        }
    }

    private static LoginRefusedException noSecret(String name) {
        return new LoginRefusedException(
                LoginRefusal.SETTINGS,
                "there is no secret '" + name + "' (patchbay.access.oidc.client-secret), or it cannot be asked for");
    }
}
