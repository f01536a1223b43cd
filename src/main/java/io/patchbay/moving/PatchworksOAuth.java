package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;

/** Logins by OAuth of connector definitions of Patchworks. */
final class PatchworksOAuth {

    private final PatchworksReading reading;
    private final Report report;

    PatchworksOAuth(PatchworksReading reading, Report report) {
        this.reading = reading;
        this.report = report;
    }

    /** OAuth 1. */
    void one(ObjectNode connector, Fields fields) {
        ObjectNode oauth = PatchworksAuth.way(connector.withObjectProperty("auth"), "oauth1")
                .put("type", "oauth1")
                .putObject("oauth1");
        for (String[] part : new String[][] {
            {"consumerKey", "consumer_key"},
            {"consumerSecret", "consumer_secret"},
            {"token", "token_key", "token_id", "access_token", "token"},
            {"tokenSecret", "token_secret", "access_token_secret"}
        }) {
            String[] words = Arrays.copyOfRange(part, 1, part.length);
            String named = PatchworksBraces.variable(connector, fields, "(?i)" + String.join("|", words), false, words);
            boolean secret = !part[0].equals("consumerKey");
            String setting = named == null ? words[0] : named;
            oauth.put(
                    part[0],
                    secret
                            ? PatchworksSettings.secret(connector, setting)
                            : PatchworksSettings.read(connector, setting));
        }
        String realm = fields.text("realm");
        if (!realm.isBlank()) {
            oauth.put("realm", PatchworksBraces.read(connector, realm, false));
        }
        String method = Fields.plain(fields.text("signature_method", "signature"));
        oauth.put("signatureMethod", method.contains("256") ? "hmacSha256" : "hmacSha1");
    }

    /**
     * OAuth 2: a client's own credentials, a person's password, or a person's consent.
     *
     * @return whether it could be made
     */
    boolean two(ObjectNode connector, Fields fields, String type, Place at) {
        String url = fields.text("token_url", "access_token_url", "login_url", "url");
        String authorize =
                fields.text("authorise_url", "authorize_url", "authorization_url", "authorisation_url", "auth_url");
        boolean code = type.contains("code") || !authorize.isBlank();
        if (!url.matches("(?s)(https://|\\{\\{).*") || (code && authorize.isBlank())) {
            report.lost(
                    at,
                    "the login '" + SourceText.shown(type)
                            + "' has no token address of https in the file, or none where a person consents",
                    "say it under auth of the connector: docs/reference/authentication.md");
            reading.whole(fields.source());
            return false;
        }
        ObjectNode way = PatchworksAuth.way(connector.withObjectProperty("auth"), "oauth")
                .put(
                        "type",
                        code
                                ? "oauth2AuthorizationCode"
                                : type.contains("password") ? "oauth2Password" : "oauth2ClientCredentials");
        String client = PatchworksBraces.variable(
                connector, fields, "(?i).*client_?(id|key)|consumer_?key", false, "client_id");
        String secret = PatchworksBraces.variable(
                connector, fields, "(?i).*client_?secret|consumer_?secret", true, "client_secret");
        way.put("clientId", PatchworksSettings.read(connector, client == null ? "clientId" : client))
                .put("clientSecret", PatchworksSettings.secret(connector, secret == null ? "clientSecret" : secret));
        if (type.contains("password")) {
            way.put("username", PatchworksSettings.read(connector, "username"))
                    .put("password", PatchworksSettings.secret(connector, "password"));
        }
        ObjectNode token = way.putObject("token").put("url", PatchworksBraces.read(connector, url, false));
        if (code) {
            token.put("authorizeUrl", PatchworksBraces.read(connector, authorize, false));
            report.look(
                    at,
                    "a person lets the instance in once, in the browser",
                    "docs/reference/authentication.md#connecting-an-instance-in-the-browser");
        }
        String scope = fields.text("scope", "scopes").strip();
        JsonNode several = fields.get("scopes", "scope");
        if (several.isArray()) {
            reading.whole(several);
            ArrayNode scopes = token.putArray("scopes");
            several.forEach(one -> scopes.add(one.asText()));
        } else if (!scope.isEmpty()) {
            ArrayNode scopes = token.putArray("scopes");
            List.of(scope.split("[\\s,]+")).forEach(scopes::add);
        }
        fields.pass("grant_type", "redirect_uri", "redirect_url");
        return true;
    }
}
