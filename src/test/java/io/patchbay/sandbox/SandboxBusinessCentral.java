package io.patchbay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A company in Business Central online, with customers and sales orders of the API V2.0, and the Entra ID that gives the
 * tokens for it. What is refused, and in which words, is what the pages behind the API check.
 */
final class SandboxBusinessCentral implements SandboxSystem {

    /** Whose company it is, and which app may in. */
    record Account(String tenant, String environment, String company, String clientId, String clientSecret) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOGIN = "login.microsoftonline.com";
    private static final String API = "api.businesscentral.dynamics.com";
    private static final String SCOPE = "https://api.businesscentral.dynamics.com/.default";
    private static final Pattern ENTITY = Pattern.compile("/companies\\(([^)]+)\\)/(\\w+)(?:\\(([^)]+)\\))?");
    private static final Set<String> COUNTRIES = Set.of("GB", "DE", "FR", "US", "");
    private static final Set<String> CURRENCIES = Set.of("GBP", "EUR", "");

    private final Account account;
    private final BusinessCentralTable customers;
    private final BusinessCentralTable orders;
    private final Set<String> items = new HashSet<>();
    private final Set<String> ledgerAccounts = new HashSet<>();
    private final Set<String> tokens = new HashSet<>();

    SandboxBusinessCentral(Account account, Clock clock) {
        this.account = account;
        customers = new BusinessCentralTable(BusinessCentralTypes.CUSTOMER, this::refusedCustomer, clock);
        orders = new BusinessCentralTable(BusinessCentralTypes.ORDER, this::refusedOrder, clock);
    }

    /** The company sells these from now on. */
    synchronized void sell(String... numbers) {
        items.addAll(List.of(numbers));
    }

    /** The company has this G/L account from now on. */
    synchronized void book(String number) {
        ledgerAccounts.add(number);
    }

    synchronized List<ObjectNode> customers() {
        return customers.rows();
    }

    synchronized List<ObjectNode> orders() {
        return orders.rows();
    }

    @Override
    public boolean answersAs(String host) {
        return host.equals(API) || host.equals(LOGIN);
    }

    @Override
    public synchronized Answer answer(Call call) {
        if (call.address().getHost().equals(LOGIN)) {
            return token(call);
        }
        if (!tokens.contains(call.header("Authorization"))) {
            return BusinessCentralTable.problem(
                    401, "Authentication_InvalidCredentials", "The server has rejected the client credentials.");
        }
        String base = "/v2.0/%s/%s/api/v2.0".formatted(account.tenant(), account.environment());
        String path = call.address().getPath();
        if (!path.startsWith(base)) {
            return BusinessCentralTable.problem(404, "NoEnvironment", "Environment does not exist.");
        }
        if (path.equals(base + "/companies") && call.method().equals("GET")) {
            ObjectNode body = JSON.createObjectNode();
            body.putArray("value").addObject().put("id", account.company()).put("name", "CRONUS UK Ltd.");
            return Answer.json(200, body.toString());
        }
        Matcher entity = ENTITY.matcher(path.substring(base.length()));
        if (!entity.matches()) {
            return noResource(path);
        }
        if (!entity.group(1).equals(account.company())) {
            return BusinessCentralTable.problem(
                    404, "Internal_CompanyNotFound", "Cannot find company with id " + entity.group(1) + ".");
        }
        return switch (entity.group(2)) {
            case "customers" -> of(customers, call, entity.group(3));
            case "salesOrders" -> of(orders, call, entity.group(3));
            default -> noResource(path);
        };
    }

    private static Answer noResource(String path) {
        return BusinessCentralTable.problem(
                404, "BadRequest_ResourceNotFound", "Resource not found for the segment '%s'.".formatted(path));
    }

    private static Answer of(BusinessCentralTable table, Call call, String id) {
        return switch (call.method() + (id == null ? "" : " one")) {
            case "GET" -> table.list(call);
            case "POST" -> table.create(call);
            case "GET one" -> table.get(call, id);
            case "PATCH one", "DELETE one" -> table.change(call, id);
            default -> BusinessCentralTable.problem(405, "BadRequest_MethodNotAllowed", "The method is not allowed.");
        };
    }

    private Answer token(Call call) {
        CallQuery form = CallQuery.form(call.text());
        if (!call.address().getPath().equals("/" + account.tenant() + "/oauth2/v2.0/token")) {
            return loginRefused(400, "invalid_request", "AADSTS90002: Tenant not found.");
        }
        if (!form.get("grant_type", "").equals("client_credentials")) {
            return loginRefused(
                    400, "unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.");
        }
        if (!form.get("scope", "").equals(SCOPE)) {
            return loginRefused(
                    400,
                    "invalid_scope",
                    "AADSTS70011: The provided value for the input parameter 'scope' is not valid.");
        }
        if (!form.get("client_id", "").equals(account.clientId())) {
            return loginRefused(
                    400, "unauthorized_client", "AADSTS700016: Application was not found in the directory.");
        }
        if (!form.get("client_secret", "").equals(account.clientSecret())) {
            return loginRefused(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
        }
        String token = "token-" + (tokens.size() + 1);
        tokens.add("Bearer " + token);
        return Answer.json(
                200,
                "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"ext_expires_in\":3599,\"access_token\":\"%s\"}"
                        .formatted(token));
    }

    private static Answer loginRefused(int status, String error, String description) {
        return Answer.json(
                status,
                JSON.createObjectNode()
                        .put("error", error)
                        .put("error_description", description)
                        .toString());
    }

    private Optional<String> refusedCustomer(JsonNode customer) {
        if (customer.path("displayName").asText().isBlank()) {
            return Optional.of("A \"displayName\" must be provided.");
        }
        if (!Set.of("Person", "Company", "").contains(customer.path("type").asText())) {
            return Optional.of("The type must be Person or Company.");
        }
        if (customer.path("phoneNumber").asText().matches(".*\\p{L}.*")) {
            return Optional.of("Phone No. must not contain letters in Customer.");
        }
        if (!customer.path("email").asText().matches("|[^@\\s]+@[^@\\s]+")) {
            return Optional.of("The email address \"%s\" is not valid."
                    .formatted(customer.path("email").asText()));
        }
        return unknown(COUNTRIES, customer.path("country").asText(), "Country/Region");
    }

    private Optional<String> refusedOrder(JsonNode order) {
        String customer = order.path("customerNumber").asText();
        if (customer.isEmpty()) {
            return Optional.of("A \"customerNumber\" or a \"customerId\" must be provided.");
        }
        if (customers.rows().stream()
                .noneMatch(one -> one.get("number").asText().equals(customer))) {
            return Optional.of("The sell-to customer cannot be found.");
        }
        if (!CURRENCIES.contains(order.path("currencyCode").asText())) {
            return Optional.of("The \"currencyCode\" does not match to a Currency.");
        }
        for (JsonNode line : order.path("salesOrderLines")) {
            Optional<String> refused = switch (line.path("lineType").asText()) {
                case "Item" -> unknown(items, line.path("lineObjectNumber").asText(), "Item");
                case "Account" ->
                    unknown(ledgerAccounts, line.path("lineObjectNumber").asText(), "G/L Account");
                case "Comment" -> Optional.empty();
                default -> Optional.of("The line type is not valid.");
            };
            if (refused.isPresent()) {
                return refused;
            }
        }
        return unknown(COUNTRIES, order.path("shipToCountry").asText(), "Country/Region");
    }

    private static Optional<String> unknown(Set<String> known, String code, String table) {
        return known.contains(code)
                ? Optional.empty()
                : Optional.of("The field No. contains a value (%s) that cannot be found in the related table (%s)."
                        .formatted(code, table));
    }
}
