package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a way to prove who calls is said where it stands, with how to mend it. */
class AuthProblemsTest {

    @TempDir
    Path home;

    private List<String> problems(String auth) throws Exception {
        Path file = home.resolve("connectors/shop/connector.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                connector: shop
                version: 1.0.0
                settings: {properties: {id: {}, region: {}}, secrets: [secret, other]}
                requester: {baseUrl: 'https://shop.example.com'}
                auth:
                  a: %s
                endpoints:
                  me.get: {kind: read, method: GET, path: /me}
                  day.get: {kind: read, method: GET, path: /day, inputs: {day: {}}}
                  log.in: {kind: action, method: POST, path: /in, request: {body: {type: form, template: {a: '%s'}}}}
                """.formatted(auth, auth.contains("endpoint: log.in") ? "${settings.secret}" : "1"));
        return CatalogProblems.of(home);
    }

    private void finds(String auth, String problem, String hint) throws Exception {
        assertThat(problems(auth)).singleElement().satisfies(found -> {
            assertThat(found).startsWith("connectors/shop/connector.yaml:6:").contains(problem);
            if (hint != null) {
                assertThat(found).contains(hint);
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: digest, username: ada} | auth of type digest needs password [MISSING_KEY] |
            {type: digest, password: '${settings.secret}'} | auth of type digest needs username [MISSING_KEY] |
            {type: mtls, key: '${settings.secret}'} | auth of type mtls needs certificate [MISSING_KEY] |
            {type: mtls, certificate: '${settings.id}'} | auth of type mtls needs key [MISSING_KEY] |
            {type: mtls, certificate: '${settings.id}', key: '${settings.id}'} | reads no secret setting [NOT_SECRET] |
            {type: sshKey, username: a, key: '${settings.secret}'} | needs a baseUrl of sftp: [NOT_HERE] |
            {type: ntlm, username: ada} | auth of type ntlm needs password [MISSING_KEY] |
            {type: apiKey, inject: {into: header, name: X-Key, format: 'geheim'}} | must not stand in a connector file [LITERAL_SECRET] | ${settings.token}
            {type: basic, username: ada, password: 'geheim'} | must not stand in a connector file [LITERAL_SECRET] |
            {type: wsse, username: ada} | auth of type wsse needs password [MISSING_KEY] |
            {type: awsSigv4} | auth of type aws sigv4 needs aws: {accessKeyId, secretAccessKey, region, service} [MISSING_KEY] |
            {type: awsSigv4, aws: {accessKeyId: a, secretAccessKey: b, region: c, service: d}} | must not stand in a connector file [LITERAL_SECRET] | ${settings.secretAccessKey}
            {type: oauth1} | auth of type oauth1 needs oauth1: {consumerKey, consumerSecret, token, tokenSecret} [MISSING_KEY] |
            {type: oauth1, oauth1: {consumerKey: x}} | needs the key 'consumerSecret' [MISSING_KEY] | shared secret
            {type: oauth1, oauth1: {consumerKey: x, consumerSecret: y}} | must not stand in a connector file [LITERAL_SECRET] | ${settings.consumerSecret}
            {type: oauth1, oauth1: {consumerKey: x, consumerSecret: '${settings.id}'}} | reads no secret setting [NOT_SECRET] | add the setting
            {type: oauth1, oauth1: {consumerKey: x, consumerSecret: '${settings.secert}'}} | 'secert' is not a setting | did you mean 'secret'?
            {type: oauth1, oauth1: {consumerKey: x, consumerSecret: '${settings.secret}', signatureMethod: hmacSha2}} | 'hmacSha2' is not one of hmacSha1, hmacSha256 [BAD_VALUE] | did you mean
            """)
    void ofNamesPasswordsAndKeys(String auth, String problem, String hint) throws Exception {
        finds(auth, problem, hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: hmacSignature} | auth of type hmac signature needs hmac: {key, parts, into: {name}} [MISSING_KEY] |
            {type: hmacSignature, hmac: {key: '${settings.secret}', parts: [bdoy], into: {name: X-S}}} | 'bdoy' is none of the parts body, host, method, | did you mean 'body'?
            {type: hmacSignature, hmac: {key: '${settings.secret}', parts: [':::'], into: {name: X-S}}} | ':::' is none of the parts | write { text: ':::' }
            {type: hmacSignature, hmac: {key: '${settings.secret}', parts: [{text: a, header: b}], into: {name: X-S}}} | a part is exactly one of text, sortedQuery, header and bodyHash [BAD_VALUE] | an item of its own
            {type: hmacSignature, hmac: {key: '${settings.secret}', parts: [{sortedQuery: {witout: [a]}}], into: {name: X-S}}} | has no key 'witout' [UNKNOWN_KEY] | did you mean 'without'?
            {type: hmacSignature, hmac: {key: '${settings.secret}', parts: [], into: {name: X-S}}} | a signature needs parts to be made of | [ timestamp, body ]
            {type: hmacSignature, hmac: {key: '${settings.secret}', parts: [body], into: {into: query}}} | into of a signature needs 'name' [MISSING_KEY] | query parameter
            {type: hmacSignature, hmac: {key: '${settings.secret}', parts: [body], into: {into: cookie, name: x}}} | a signature goes into header or query [BAD_VALUE] |
            {type: hmacSignature, hmac: {key: '${settings.secret}', parts: [timestamp, body], into: {name: X-S}}} | the timestamp is signed and never sent [BAD_VALUE] | timestamp: { into: header, name: X-… }
            {type: hmacSignature, hmac: {key: '${settings.secret}', parts: [nonce], nonce: {into: query}, into: {name: X-S}}} | the nonce is signed and never sent [BAD_VALUE] | nonce: {
            {type: hmacSignature, hmac: {key: '${settings.secret}', parts: [body], into: {name: X-S, format: 'v1=${settings.id}'}}} | does not send the signature [BAD_VALUE] | ${signature}
            {type: hmacSignature, hmac: {key: 'abc', parts: [body], into: {name: X-S}}} | must not stand in a connector file [LITERAL_SECRET] | ${settings.secret}
            {type: hmacSignature, hmac: {key: '${settings.secret}', digest: md5, parts: [body], into: {name: X-S}}} | 'md5' is not one of sha1, sha256, sha512 [BAD_VALUE] |
            """)
    void ofSignatures(String auth, String problem, String hint) throws Exception {
        finds(auth, problem, hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: jwt} | auth of type jwt needs token: {jwt: {key, claims}} [MISSING_KEY] |
            {type: jwt, token: {}} | token needs the key 'jwt' [MISSING_KEY] | alg: rs256
            {type: jwt, token: {url: 'https://x', jwt: {key: '${settings.secret}'}}} | a token that we sign is asked for nowhere [NOT_HERE] |
            {type: jwt, token: {jwt: {alg: RS256, key: '${settings.secret}'}}} | 'RS256' is not one of hs256, rs256, rs384, rs512, ps256, ps384, ps512, es256, es384, es512 [BAD_VALUE] | did you mean 'rs256'?
            {type: jwt, token: {jwt: {key: 'abc'}}} | must not stand in a connector file [LITERAL_SECRET] | ${settings.privateKey}
            {type: jwt, token: {jwt: {key: '${settings.secret}', claims: [a]}}} | claims must be a mapping, found list [WRONG_TYPE] | claims: { iss:
            {type: jwt, token: {jwt: {key: '${settings.secret}', claims: {a: {b: '${settings.regoin}'}}}}} | 'regoin' is not a setting | did you mean 'region'?
            {type: jwt, token: {jwt: {key: '${settings.secret}', lifetime: 5s}}} | must be at least 10s [BAD_VALUE] |
            {type: jwt, inject: {format: 'JWT ${settings.id}'}, token: {jwt: {key: '${settings.secret}'}}} | must send the token and nothing else of auth [BAD_VALUE] | ${auth.accessToken}
            {type: jwt, inject: {into: query}, token: {jwt: {key: '${settings.secret}'}}} | inject of a token needs 'name' [MISSING_KEY] | query parameter, cookie or
            {type: oauth2Password, username: a, password: '${settings.secret}'} | auth of type oauth2 password needs token: {url} [MISSING_KEY] |
            {type: oauth2Password, username: a, token: {url: 'https://x'}} | auth of type oauth2 password needs password [MISSING_KEY] |
            {type: jwt, token: {method: GET, jwt: {key: '${settings.secret}'}}} | a token that we sign is asked for nowhere [NOT_HERE] |
            {type: oauth2ClientCredentials, clientId: x, clientSecret: '${settings.secret}', token: {url: 'https://x', method: GET, bodyFormat: json}} | a token that is asked for by GET has no body: its parameters stand in the query [NOT_HERE] | take 'bodyFormat' out
            {type: oauth2ClientCredentials, clientId: x, clientSecret: '${settings.secret}', token: {url: 'https://x', method: GET, clientAuth: body}} | has no body for id and secret [NOT_HERE] | clientAuth: query
            {type: oauth2ClientCredentials, clientId: x, clientSecret: '${settings.secret}', token: {url: 'https://x', clientAuth: query}} | in the query of a token that is asked for by GET, and of no other [NOT_HERE] | method: GET
            {type: oauth2ClientCredentials, clientId: x, clientSecret: '${settings.secret}', token: {url: 'https://x', method: get}} | 'get' is not one of POST, GET [BAD_VALUE] | did you mean 'GET'?
            {type: oauth2JwtBearer} | auth of type oauth2 jwt bearer needs token: {url, jwt: {key, claims}} [MISSING_KEY] |
            {type: oauth2JwtBearer, token: {jwt: {key: '${settings.secret}'}}} | token needs the key 'url' [MISSING_KEY] | the token endpoint
            {type: oauth2JwtBearer, token: {url: 'https://x'}} | token needs the key 'jwt' [MISSING_KEY] |
            {type: oauth2JwtBearer, clientId: x, token: {url: 'https://x', clientAuth: privateKeyJwt, jwt: {key: '${settings.secret}'}}} | it cannot be the client's proof too [NOT_HERE] | use oauth2ClientCredentials
            {type: oauth2ClientCredentials, clientId: x, token: {url: 'https://x', clientAuth: privateKeyJwt}} | token needs the key 'jwt' [MISSING_KEY] |
            {type: oauth2ClientCredentials, clientId: x, clientSecret: '${settings.secret}', token: {url: 'https://x', jwt: {key: '${settings.secret}'}}} | nothing here signs a token [NOT_HERE] | clientAuth is privateKeyJwt
            """)
    void ofTokensThatWeSign(String auth, String problem, String hint) throws Exception {
        finds(auth, problem, hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: oauth2AuthorizationCode} | auth of type oauth2 authorization code needs token: | authorizeUrl
            {type: oauth2AuthorizationCode, clientId: x, token: {url: 'https://x'}} | token needs the key 'authorizeUrl' [MISSING_KEY] | where a person lets us in
            {type: oauth2AuthorizationCode, clientId: x, token: {authorizeUrl: 'https://x'}} | token needs the key 'url' [MISSING_KEY] | the token endpoint
            {type: oauth2AuthorizationCode, token: {url: 'https://x', authorizeUrl: 'https://x'}} | 'clientId' is not a setting |
            {type: oauth2AuthorizationCode, clientId: x, clientSecret: y, token: {url: 'https://x', authorizeUrl: 'https://x'}} | must not stand in a connector file [LITERAL_SECRET] | ${settings.clientSecret}
            {type: oauth2AuthorizationCode, clientId: x, token: {url: 'https://x', authorizeUrl: 'https://x', authorizeParameters: {state: a}}} | 'state' is set by the program itself [NOT_HERE] | leave it out
            {type: oauth2AuthorizationCode, clientId: x, token: {url: 'https://x', authorizeUrl: 'https://x', authorizeParameters: {prompt: '${settings.secret}'}}} | [SECRET_NOT_HERE] |
            {type: oauth2AuthorizationCode, clientId: x, token: {url: 'https://x', authorizeUrl: 'https://x', revokeURL: 'https://x'}} | has no key 'revokeURL' [UNKNOWN_KEY] | did you mean 'revokeUrl'?
            {type: oauth2ClientCredentials, clientId: x, clientSecret: '${settings.secret}', token: {url: 'https://x', authorizeUrl: 'https://x'}} | 'authorizeUrl' belongs to oauth2AuthorizationCode:  |
            {type: oauth2ClientCredentials, clientId: x, clientSecret: '${settings.secret}', token: {url: 'https://x', revokeUrl: 'https://x'}} | 'revokeUrl' belongs to oauth2AuthorizationCode:  |
            {type: oauth2ClientCredentials, clientId: x, clientSecret: '${settings.secret}', token: {url: 'https://x', issuer: 'https://x'}} | 'issuer' belongs to oauth2AuthorizationCode:  |
            {type: oauth2ClientCredentials, clientId: x, clientSecret: '${settings.secret}', token: {url: 'https://x', pkce: false}} | 'pkce' belongs to oauth2AuthorizationCode:  |
            {type: oauth2ClientCredentials, clientId: x, clientSecret: '${settings.secret}', token: {url: 'https://x', refreshTtl: 60d}} | 'refreshTtl' belongs to oauth2AuthorizationCode: elsewhere no person |
            {type: oauth2ClientCredentials, clientId: x, clientSecret: '${settings.secret}', token: {url: 'https://x', rotatesRefreshToken: true}} | 'rotatesRefreshToken' belongs to oauth2AuthorizationCode and oauth2Password:  |
            {type: apiKey, inject: {into: template, name: k, format: '${settings.secret}'}} | a credential goes into header, query, cookie, path or body [BAD_VALUE] | ${auth.NAME}
            {type: digest, username: a, password: '${settings.secret}', inject: {into: path, name: k}} | [BAD_VALUE] |
            """)
    void ofTokensThatAPersonGets(String auth, String problem, String hint) throws Exception {
        finds(auth, problem, hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: sessionLogin} | auth of type session login needs login: {endpoint, tokenPath} [MISSING_KEY] |
            {type: sessionLogin, login: {endpoint: log.in}} | login needs exactly one of tokenPath, header and cookie [BAD_VALUE] | tokenPath: $.token
            {type: sessionLogin, login: {endpoint: log.in, cookie: a, header: b}} | login needs exactly one of tokenPath, header and cookie [BAD_VALUE] |
            {type: sessionLogin, login: {endpoint: log.on, cookie: a}} | 'log.on' is not an endpoint of this connector [UNKNOWN_ENDPOINT] | did you mean 'log.in'?
            {type: sessionLogin, login: {endpoint: log.in, logoutEndpoint: log.out, cookie: a}} | 'log.out' is not an endpoint of this connector [UNKNOWN_ENDPOINT] |
            {type: sessionLogin, login: {endpoint: day.get, cookie: a}} | 'day.get' needs the input 'day', and a login passes none [BAD_VALUE] | default value
            {type: sessionLogin, login: {endpoint: log.in, tokenPath: $.a, tokenPattern: '(a)(b)'}} | has several groups, and one of them is the token [BAD_REGEX] | write the others as (?:…)
            {type: sessionLogin, login: {endpoint: log.in, tokenPath: $.a, tokenPattern: '('}} | '(' is not a regular expression | no look-around
            {type: sessionLogin, login: {endpoint: log.in, cookie: a, tokenPattern: a}} | 'tokenPattern' belongs to tokenPath and header [BAD_VALUE] | take it out
            {type: sessionLogin, login: {endpoint: log.in, tokenPath: $.a, serverPath: b}} | path 'b' must begin with $ | like $.page.next
            {type: apiKey, inject: {into: body, name: k, format: '${settings.secret}'}, values: {k: b}} | 'k' is what 'inject' puts into bodies [BAD_VALUE] | another name
            {type: sessionLogin, login: {endpoint: log.in, tokenPath: token}} | path 'token' must begin with $ and hold names | like $.page.next
            """)
    void ofSessions(String auth, String problem, String hint) throws Exception {
        finds(auth, problem, hint);
    }

    @Test
    void letsSecretsIntoTheBodyOfALoginOnly() throws Exception {
        assertThat(problems("{type: sessionLogin, login: {endpoint: log.in, cookie: a}}"))
                .isEmpty();
        assertThat(problems("{type: none} # endpoint: log.in"))
                .singleElement()
                .asString()
                .contains("[SECRET_NOT_HERE]");
    }
}
