package io.patchbay.sandbox.shopify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.schema.DataFetcher;
import graphql.schema.TypeResolver;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.TypeInfo;
import graphql.schema.idl.WiringFactory;
import io.patchbay.sandbox.SandboxSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A shop whose Admin GraphQL API answers as Shopify's reference of 2026-07 describes it: its types, what it wants, its userErrors,
 * pages and searches, the access token and the bucket of points. Only what the blueprints need is there.
 */
public final class SandboxShopify implements SandboxSystem {

    private static final List<String> SCHEMAS =
            List.of("shop", "customers", "products", "stock", "orders", "fulfilments", "refunds");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final String token;
    private final State state;
    private final Customers customers;
    private final Products products;
    private final Stock stock;
    private final Orders orders;
    private final Fulfilments fulfilments;
    private final Refunds refunds;
    private final Throttle throttle;
    private final GraphQL engine;

    /** A shop at {@code name.myshopify.com} whose money is in a currency. */
    public SandboxShopify(String name, String token, String currency) {
        this(name, token, currency, Clock.systemUTC());
    }

    SandboxShopify(String name, String token, String currency, Clock clock) {
        this.name = name;
        this.token = token;
        state = new State(clock, currency);
        customers = new Customers(state);
        products = new Products(state);
        stock = new Stock(state);
        orders = new Orders(state);
        fulfilments = new Fulfilments(state);
        refunds = new Refunds(state);
        throttle = new Throttle(clock);
        engine = engine();
    }

    /** Its customers. */
    public Customers customers() {
        return customers;
    }

    /** Its products. */
    public Products products() {
        return products;
    }

    /** Its stock. */
    public Stock stock() {
        return stock;
    }

    /** Its orders. */
    public Orders orders() {
        return orders;
    }

    /** Its fulfilments. */
    public Fulfilments fulfilments() {
        return fulfilments;
    }

    /** Its refunds. */
    public Refunds refunds() {
        return refunds;
    }

    @Override
    public boolean answersAs(String host) {
        return host.equals(name + ".myshopify.com");
    }

    @Override
    public synchronized Answer answer(Call call) {
        if (!call.header("X-Shopify-Access-Token").equals(token)) {
            return Answer.json(
                    401,
                    "{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong password)\"}");
        }
        if (!call.address().getPath().matches("/admin/api/\\d{4}-\\d{2}/graphql\\.json")) {
            return Answer.json(404, "{\"errors\":\"Not Found\"}");
        }
        if (!call.method().equals("POST") || !call.header("Content-Type").startsWith("application/json")) {
            return Answer.json(400, "{\"errors\":{\"query\":\"Required parameter missing or invalid\"}}");
        }
        try {
            return graphql(JSON.readTree(call.text()));
        } catch (JsonProcessingException e) {
            return Answer.json(400, "{\"errors\":{\"query\":\"Required parameter missing or invalid\"}}");
        }
    }

    private Answer graphql(JsonNode request) throws JsonProcessingException {
        if (!request.path("query").isTextual()) {
            return Answer.json(400, "{\"errors\":{\"query\":\"Required parameter missing or invalid\"}}");
        }
        if (throttle.isEmpty()) {
            return Answer.json(
                    200, "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}]}");
        }
        String query = request.path("query").textValue();
        Map<String, Object> variables = new LinkedHashMap<>();
        request.path("variables")
                .properties()
                .forEach(one -> variables.put(one.getKey(), JSON.convertValue(one.getValue(), Object.class)));
        ExecutionResult result = engine.execute(
                ExecutionInput.newExecutionInput(query).variables(variables).build());
        Map<String, Object> answer = new LinkedHashMap<>();
        if (result.isDataPresent()) {
            answer.put("data", result.getData());
        }
        if (!result.getErrors().isEmpty()) {
            answer.put(
                    "errors",
                    result.getErrors().stream().map(SandboxShopify::error).toList());
        }
        answer.put(
                "extensions",
                Map.of("cost", throttle.take(result.getData(), query.strip().startsWith("mutation"))));
        return Answer.json(200, JSON.writeValueAsString(answer));
    }

    private static Map<String, Object> error(GraphQLError error) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("message", error.getMessage());
        if (error.getPath() != null) {
            told.put("path", error.getPath());
        }
        Map<String, Object> extensions = error.getExtensions() == null ? Map.of() : error.getExtensions();
        told.put("extensions", Map.of("code", extensions.getOrDefault("code", "INVALID_VARIABLE")));
        return told;
    }

    private GraphQL engine() {
        TypeDefinitionRegistry types = new TypeDefinitionRegistry();
        SCHEMAS.forEach(schema -> types.merge(new SchemaParser().parse(text(schema))));
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring().wiringFactory(new Connected());
        Scalars.all().forEach(wiring::scalar);
        customers.wire(wiring);
        products.wire(wiring);
        stock.wire(wiring);
        orders.wire(wiring);
        fulfilments.wire(wiring);
        refunds.wire(wiring);
        wiring.type("QueryRoot", type -> type.dataFetcher("shop", call -> shop()));
        return GraphQL.newGraphQL(new SchemaGenerator().makeExecutableSchema(types, wiring.build()))
                .defaultDataFetcherExceptionHandler(problem -> {
                    boolean refused = problem.getException() instanceof Refused;
                    String code = refused ? ((Refused) problem.getException()).code() : "INTERNAL_SERVER_ERROR";
                    GraphQLError error = GraphqlErrorBuilder.newError(problem.getDataFetchingEnvironment())
                            .message("%s", problem.getException().getMessage())
                            .extensions(Map.of("code", code))
                            .build();
                    return CompletableFuture.completedFuture(
                            DataFetcherExceptionHandlerResult.newResult(error).build());
                })
                .build();
    }

    private Node shop() {
        return new Node()
                .with("id", "gid://shopify/Shop/1")
                .with("name", name)
                .with("myshopifyDomain", name + ".myshopify.com")
                .with("currencyCode", state.currency())
                .with("ianaTimezone", "Etc/UTC");
    }

    private static String text(String schema) {
        try (InputStream file = SandboxShopify.class.getResourceAsStream("/sandbox/shopify/" + schema + ".graphqls")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fields whose type is a connection page the list that their object holds. */
    private static final class Connected implements WiringFactory {

        @Override
        public boolean providesDataFetcher(FieldWiringEnvironment field) {
            boolean connection = TypeInfo.typeInfo(field.getFieldDefinition().getType())
                    .getName()
                    .endsWith("Connection");
            return connection && !field.getParentType().getName().equals("QueryRoot");
        }

        @Override
        public DataFetcher<?> getDataFetcher(FieldWiringEnvironment field) {
            String name = field.getFieldDefinition().getName();
            return call -> Connections.page(((Node) call.getSource()).nodes(name), call);
        }

        @Override
        public boolean providesTypeResolver(InterfaceWiringEnvironment type) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(InterfaceWiringEnvironment type) {
            return call -> null; // no field is of an interface
        }
    }
}
