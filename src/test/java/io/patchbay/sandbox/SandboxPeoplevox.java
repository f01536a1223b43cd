package io.patchbay.sandbox;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * A Peoplevox account, by SOAP 1.1 of its IntegrationService v4: sessions by Authenticate, templates that are saved as CSV,
 * reports that are read as CSV. Which rows were refused is told by their statuses, and the answer says that all went well.
 */
final class SandboxPeoplevox implements SandboxSystem {

    /** Who may in. */
    record Account(String client, String user, String password) {}

    private static final Map<String, List<String>> TEMPLATES = Map.of(
            "Sales orders",
            List.of(
                    "SalesOrderNumber",
                    "Customer",
                    "CustomerPurchaseOrderReferenceNumber",
                    "ContactName",
                    "Email",
                    "ShippingAddressLine1",
                    "ShippingAddressLine2",
                    "ShippingAddressCity",
                    "ShippingAddressRegion",
                    "ShippingAddressPostcode",
                    "ShippingAddressCountry",
                    "TotalSale",
                    "ShippingCost",
                    "CreatedDate",
                    "ServiceType",
                    "ChannelName"),
            "Sales order items",
            List.of("SalesOrderNumber", "ItemCode", "QuantityOrdered", "Line", "SalePrice"));
    private static final Map<String, List<String>> REPORTS = Map.of(
            "Despatch summary",
            List.of(
                    "Salesorder number",
                    "Despatch number",
                    "Carrier",
                    "Service",
                    "Tracking number",
                    "Despatch date",
                    "Item code",
                    "No of items",
                    "Channel name",
                    "Site reference"),
            "Return summary",
            List.of("Return code", "Return date", "Quantity", "Sales order number", "Return reason", "Item code"));

    private final String host;
    private final Account account;
    private final Clock clock;
    private final Set<String> sessions = new HashSet<>();
    private final Set<String> customers = new HashSet<>();
    private final Set<String> services = new HashSet<>();
    private final Set<String> items = new HashSet<>();
    private final Map<String, Map<String, String>> orders = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> orderItems = new LinkedHashMap<>();
    private final Map<String, List<Map<String, String>>> reports =
            Map.of("Despatch summary", new ArrayList<>(), "Return summary", new ArrayList<>());
    private int logins;
    private int saves;

    SandboxPeoplevox(String host, Account account, Clock clock) {
        this.host = host;
        this.account = account;
        this.clock = clock;
    }

    /** The account has this customer, these types of service and these items from now on. */
    synchronized void keep(String customer, Set<String> serviceTypes, Set<String> itemCodes) {
        customers.add(customer);
        services.addAll(serviceTypes);
        items.addAll(itemCodes);
    }

    /** All sessions end, as they do by themselves after a while. */
    synchronized void endSessions() {
        sessions.clear();
    }

    /** What of an order goes out now. */
    synchronized void despatch(String order, String despatch, String tracking, String item, int quantity) {
        reports.get("Despatch summary")
                .add(Map.of(
                        "Salesorder number",
                        order,
                        "Despatch number",
                        despatch,
                        "Carrier",
                        "DPD",
                        "Service",
                        "Next Day",
                        "Tracking number",
                        tracking,
                        "Despatch date",
                        now(),
                        "Item code",
                        item,
                        "No of items",
                        Integer.toString(quantity),
                        "Channel name",
                        "Web",
                        "Site reference",
                        "S1"));
    }

    /** What of an order comes back now. */
    synchronized void comeBack(String code, String order, String item, int quantity) {
        reports.get("Return summary")
                .add(Map.of(
                        "Return code",
                        code,
                        "Return date",
                        now(),
                        "Quantity",
                        Integer.toString(quantity),
                        "Sales order number",
                        order,
                        "Return reason",
                        "Too small, or \"so\"",
                        "Item code",
                        item));
    }

    private String now() {
        return PeoplevoxSearch.DATE.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** Sales orders by their number. */
    synchronized Map<String, Map<String, String>> orders() {
        return new LinkedHashMap<>(orders);
    }

    /** Items of sales orders by number and line. */
    synchronized Map<String, Map<String, String>> orderItems() {
        return new LinkedHashMap<>(orderItems);
    }

    synchronized int logins() {
        return logins;
    }

    /** How often it was asked to save anything. */
    synchronized int saves() {
        return saves;
    }

    @Override
    public boolean answersAs(String name) {
        return name.equals(host);
    }

    @Override
    public synchronized Answer answer(Call call) {
        String path = "/" + account.client() + "/resources/integrationservicev4.asmx";
        if (!call.address().getPath().toLowerCase(Locale.ROOT).equals(path)
                || !call.method().equals("POST")) {
            return new Answer(404, Map.of("Content-Type", "text/html"), "Not found".getBytes(StandardCharsets.UTF_8));
        }
        if (!call.header("Content-Type").startsWith("text/xml")) {
            return new Answer(415, Map.of("Content-Type", "text/html"), new byte[0]);
        }
        String operation = call.header("SOAPAction").replace("\"", "").replace("http://www.peoplevox.net/", "");
        Optional<PeoplevoxEnvelope> read = PeoplevoxEnvelope.read(call.body());
        if (read.isEmpty()) {
            return PeoplevoxEnvelope.fault("Server was unable to read request.");
        }
        PeoplevoxEnvelope envelope = read.orElseThrow();
        if (!envelope.asks(operation)) {
            return PeoplevoxEnvelope.fault("Server did not recognize the value of HTTP Header SOAPAction.");
        }
        if (operation.equals("Authenticate")) {
            return login(envelope);
        }
        if (!envelope.text("ClientId").equals(account.client()) || !sessions.contains(envelope.text("SessionId"))) {
            return failed(operation, "System : Security - Invalid Session");
        }
        return switch (operation) {
            case "SaveData" -> save(envelope);
            case "GetReportData" -> report(envelope);
            case "GetSaveTemplate" -> template(envelope);
            default -> PeoplevoxEnvelope.fault("This operation is not part of the sandbox: " + operation);
        };
    }

    private static Answer failed(String operation, String why) {
        return PeoplevoxEnvelope.answer(operation, -1, 0, why, "");
    }

    private Answer login(PeoplevoxEnvelope envelope) {
        String password = Base64.getEncoder().encodeToString(account.password().getBytes(StandardCharsets.UTF_8));
        boolean right = envelope.text("clientId").equals(account.client())
                && envelope.text("username").equals(account.user())
                && envelope.text("password").equals(password);
        if (!right) {
            return failed("Authenticate", "System : Security - Invalid login details");
        }
        logins++;
        String session = "9f2c-" + logins;
        sessions.add(session);
        return PeoplevoxEnvelope.answer("Authenticate", 0, 1, account.client() + "," + session, "");
    }

    private Answer template(PeoplevoxEnvelope envelope) {
        List<String> columns = TEMPLATES.get(envelope.text("templateName"));
        return columns == null
                ? failed("GetSaveTemplate", "Template is not configured")
                : PeoplevoxEnvelope.answer("GetSaveTemplate", 0, 1, String.join(",", columns), "");
    }

    private Answer save(PeoplevoxEnvelope envelope) {
        saves++;
        String name = envelope.text("TemplateName");
        List<String> columns = TEMPLATES.get(name);
        if (columns == null) {
            return failed("SaveData", "Template '" + name + "' is not configured");
        }
        if (!Set.of("0", "1").contains(envelope.text("Action"))) {
            return failed("SaveData", "Action is not known");
        }
        StringBuilder statuses = new StringBuilder();
        int taken = 0;
        try (CSVParser rows = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(envelope.text("CsvData")))) {
            for (String column : rows.getHeaderNames()) {
                if (!columns.contains(column)) {
                    return failed("SaveData", "Column '" + column + "' is not part of the template");
                }
            }
            for (CSVRecord row : rows) {
                Optional<String> refused = saved(name, row.toMap());
                taken += refused.isEmpty() ? 1 : 0;
                statuses.append(
                        "<IntegrationStatusResponse><LineNo>%d</LineNo><Status>%s</Status></IntegrationStatusResponse>"
                                .formatted(row.getRecordNumber(), PeoplevoxEnvelope.escaped(refused.orElse(""))));
            }
        } catch (IOException e) {
            return failed("SaveData", "The CSV cannot be read");
        }
        return PeoplevoxEnvelope.answer("SaveData", 0, taken, "", "<Statuses>" + statuses + "</Statuses>");
    }

    private Optional<String> saved(String template, Map<String, String> row) {
        Optional<String> refused = template.equals("Sales orders") ? refusedOrder(row) : refusedItem(row);
        if (refused.isEmpty() && template.equals("Sales orders")) {
            orders.put(row.get("SalesOrderNumber"), row);
        } else if (refused.isEmpty()) {
            orderItems.put(row.get("SalesOrderNumber") + "/" + row.get("Line"), row);
        }
        return refused;
    }

    private Optional<String> refusedOrder(Map<String, String> row) {
        if (row.getOrDefault("SalesOrderNumber", "").isBlank()) {
            return Optional.of("SalesOrderNumber is mandatory");
        }
        if (!customers.contains(row.get("Customer"))) {
            return Optional.of("Customer '%s' does not exist".formatted(row.get("Customer")));
        }
        if (!services.contains(row.get("ServiceType"))) {
            return Optional.of("Service type '%s' does not exist".formatted(row.get("ServiceType")));
        }
        boolean dated = row.getOrDefault("CreatedDate", "").matches("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}");
        return dated ? Optional.empty() : Optional.of("CreatedDate is not a date");
    }

    private Optional<String> refusedItem(Map<String, String> row) {
        if (!orders.containsKey(row.get("SalesOrderNumber"))) {
            return Optional.of("Sales order '%s' does not exist".formatted(row.get("SalesOrderNumber")));
        }
        if (!items.contains(row.get("ItemCode"))) {
            return Optional.of("Item '%s' does not exist".formatted(row.get("ItemCode")));
        }
        return row.getOrDefault("QuantityOrdered", "").matches("[1-9][0-9]*")
                ? Optional.empty()
                : Optional.of("QuantityOrdered is not a number");
    }

    private Answer report(PeoplevoxEnvelope envelope) {
        String name = envelope.text("TemplateName");
        List<String> all = REPORTS.get(name);
        if (all == null) {
            return failed("GetReportData", "Report '" + name + "' does not exist");
        }
        List<String> columns = envelope.text("Columns").isEmpty()
                ? all
                : List.of(envelope.text("Columns").split(","));
        Optional<Predicate<Map<String, String>>> wanted = PeoplevoxSearch.read(envelope.text("SearchClause"));
        if (wanted.isEmpty() || !all.containsAll(columns)) {
            return failed("GetReportData", "The search clause or a column is not valid");
        }
        int page = Integer.parseInt(envelope.text("PageNo"));
        int size = Integer.parseInt(envelope.text("ItemsPerPage"));
        List<Map<String, String>> found =
                reports.get(name).stream().filter(wanted.orElseThrow()).toList();
        return PeoplevoxEnvelope.answer(
                "GetReportData",
                0,
                found.size(),
                csv(
                        columns,
                        found.stream()
                                .skip((long) (page - 1) * size)
                                .limit(size)
                                .toList()),
                "");
    }

    private static String csv(List<String> columns, List<Map<String, String>> rows) {
        StringWriter text = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.DEFAULT)) {
            printer.printRecord(columns);
            for (Map<String, String> row : rows) {
                printer.printRecord(columns.stream().map(row::get).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
