package io.patchbay.mapping.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.mapping.function.Applied;
import io.patchbay.payload.Json;
import io.patchbay.payload.RecordPath;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestingTest {

    @ParameterizedTest
    @CsvSource({
        "qty, quantity",
        "itemCode, sku",
        "variant_code, sku",
        "e-mail, email",
        "EMailAddress, email",
        "postCode, zip",
        "postal_code, postcode",
        "telephone, phone",
        "surname, last_name",
        "givenName, first_name",
        "orderNo, order_number",
        "createdOn, created_at",
        "VATAmount, total_tax",
        "streetAddress, address1",
        "EAN, barcode",
        "currencyCode, currency",
        "Order Number, orderNo",
        "colour, color",
        "quantety, qty"
    })
    void findsNamesThatMeanTheSame(String target, String source) {
        String others = "'x1':'b','warehouse_key':'c','mode':'d'";

        Suggestion found = suggest("{'" + source + "':'a'," + others + "}", "{'" + target + "':'z'}");

        assertThat(found.fields()).hasSize(1);
        assertThat(found.fields().get(0).from()).isEqualTo(source);
        assertThat(found.unused()).hasSize(3);
    }

    @Test
    void looksAtWhatStandsAroundAName() {
        Suggestion found = suggest(
                "{'billing_address':{'city':'','zip':''},'shipping_address':{'city':'','zip':''}}",
                "{'deliveryAddress':{'town':'','postcode':''},'invoiceTo':{'town':''}}");

        assertThat(found.fields())
                .extracting(Suggestion.Proposed::to, Suggestion.Proposed::from)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("deliveryAddress.town", "shipping_address.city"),
                        org.assertj.core.groups.Tuple.tuple("deliveryAddress.postcode", "shipping_address.zip"),
                        org.assertj.core.groups.Tuple.tuple("invoiceTo.town", "billing_address.city"));
    }

    @Test
    void findsPartsOfNamesInAnyOrder() {
        Suggestion found =
                suggest("{'customer':{'first_name':'a','last_name':'b'}}", "{'name':{'first':'c','last':'d'}}");

        assertThat(found.fields())
                .extracting(Suggestion.Proposed::to, Suggestion.Proposed::from)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("name.first", "customer.first_name"),
                        org.assertj.core.groups.Tuple.tuple("name.last", "customer.last_name"));
    }

    @Test
    void linesListsUp() {
        assertThat(text(
                        "{'currency':'GBP','line_items':[{'sku':'A','quantity':1,'taxes':[{'rate':0.2}]}],'refunds':[{'sku':'B','quantity':1}]}",
                        "{'lines':[{'item':'','qty':0,'currency':'','vat':[{'rate':0.1}]}]}"))
                .contains("{ to: \"lines[*].item\", from: \"line_items[*].sku\" }")
                .contains("{ to: \"lines[*].qty\", from: \"line_items[*].quantity\" }")
                .contains("{ to: \"lines[*].currency\", from: currency }")
                .contains("{ to: \"lines[*].vat[*].rate\", from: \"line_items[*].taxes[*].rate\" }")
                .doesNotContain("{ to: \"lines[*].item\", from: \"refunds");
    }

    @Test
    void flattensNestedListsAndTakesTheFirstOfOne() {
        assertThat(text("{'orders':[{'lines':[{'sku':'A','qty':1}]}]}", "{'rows':[{'sku':'','quantity':0}]}"))
                .contains("{ to: \"rows[*].sku\", from: \"orders[*].lines[*].sku\", flatten: true }");
        assertThat(text("{'fulfilments':[{'tracking_number':'1Z'}]}", "{'trackingCode':''}"))
                .contains("{ to: trackingCode, from: \"fulfilments[0].tracking_number\" }")
                .contains("of the first item");
    }

    @Test
    void proposesNothingWithMoreListsThanItsSource() {
        assertThat(text(
                        "{'orders':[{'number':'A1','lines':[{'sku':'A','qty':1}]}]}",
                        "{'rows':[{'items':[{'orderNo':'','sku':'','qty':0}]}]}"))
                .doesNotContain("from: \"orders[*].number\"");
        assertThat(text(
                        "{'orders':[{'number':'A1','sku':'A','qty':1}]}",
                        "{'rows':[{'items':[{'number':'','sku':'','qty':0}]}]}"))
                .doesNotContain("from: \"orders[*]");
    }

    @Test
    void convertsWhereTypesDiffer() {
        assertThat(
                        text(
                                "{'id':7,'total':'12.50','created_at':'2026-03-01T10:00:00Z','paid':1,'tags':['a','b'],'due':'28.02.2026','weight':1.5}",
                                "{'id':'x','total':1.5,'createdAt':'2026-01-01','paid':true,'tags':'c','due':'2026-03-01','weight':3}"))
                .contains("{ to: id, from: id, then: [ text ] }")
                .contains("{ to: total, from: total, then: [ number ] }")
                .contains("then: [ { date: { to: yyyy-MM-dd } } ]")
                .contains("the time is lost")
                .contains("{ to: tags, from: tags, then: [ { join: \", \" } ] }")
                .contains("then: [ { date: { from: \"dd.MM.yyyy\", to: yyyy-MM-dd } } ]")
                .contains("{ to: weight, from: weight, then: [ round ] }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12.50 / 3|number|sure",
                "12,50 / 3|{ number: { decimalSeparator: \",\" } }|sure",
                "1.234,56 / 12,5|{ number: { decimalSeparator: \",\", groupSeparator: \".\" } }|sure",
                "1,234.56 / 7|{ number: { groupSeparator: \",\" } }|sure",
                "1 234,56|{ number: { decimalSeparator: \",\", groupSeparator: \" \" } }|sure",
                "1,234 / 2,500|{ number: { decimalSeparator: \",\" } }|likely",
                "12,50 / n/a|{ number: { decimalSeparator: \",\" } }|maybe"
            })
    void readsNumbersAsTheSamplesWriteThem(String samples, String then, String sure) {
        String[] totals = samples.split(" / ");
        String source = "["
                + String.join(
                        ",",
                        List.of(totals).stream()
                                .map(one -> "{'total':'" + one + "'}")
                                .toList()) + "]";

        assertThat(text(source, "{'total':1.5}"))
                .contains("{ to: total, from: total, then: [ " + then + " ] } # " + sure + ": same name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '#',
            value = {
                "10,20!1!{ split: \",\" }, { number: { decimals: 0 } }!sure",
                "1.5,2.25!1.5!{ split: \",\" }, number!sure",
                "1,5; 2,25!1.5!{ split: \";\" }, { number: { decimalSeparator: \",\" } }!sure",
                "1.234,5|7!1.5!{ split: \"|\" }, { number: { decimalSeparator: \",\", groupSeparator: \".\" } }!sure",
                "10,,20!1!{ split: \",\" }, { nullIf: \"\" }, { number: { decimals: 0 } }!sure",
                "red, blue!'x'!{ split: \",\" }, trim!sure",
                "red|blue!'x'!{ split: \"|\" }!sure",
                "01.02.2026,28.02.2026!'2026-02-01'!{ split: \",\" }, { date: { from: \"dd.MM.yyyy\", to: yyyy-MM-dd } }!likely",
                "10,x!1!{ split: \",\" }, { number: { decimals: 0 } }!maybe"
            })
    void triesFunctionsOnWhatATextIsCutInto(String sample, String item, String then, String sure) {
        assertThat(text("{'due':'" + sample + "'}", "{'due':[" + item + "]}"))
                .contains("{ to: due, from: due, then: [ " + then + " ] } # " + sure + ": same name");
    }

    @Test
    void isNotSureOfFunctionsThatRefuseASample() {
        assertThat(text("[{'total':'12,50'},{'total':'none yet'}]", "{'total':1.5}"))
                .contains("# maybe: same name, text becomes a number, the sample \"none yet\" is refused: number: ");
        assertThat(text("{'paid':'Ja'}", "{'paid':true}"))
                .contains("# maybe: ")
                .contains("the sample \"Ja\" is refused");
        assertThat(text("[{'totals':['1,5','x']}]", "{'totals':1.5}")).contains("# maybe: ");
    }

    @Test
    void emptyTextIsNoNumber() {
        assertThat(text("[{'total':''},{'total':'12.50'}]", "{'total':1.5}"))
                .contains("then: [ { nullIf: \"\" }, number ] } # sure");
    }

    @Test
    void takesTagsTitlesAndValuesForMoreThanNames() {
        JsonNode source = json("""
                {'type':'object','properties':{
                  'f1':{'type':'string','x-tag':'order.number'}, 'f2':{'type':'string','title':'Postcode'}, 'number':{'type':'string'} }}""");
        JsonNode target = json("""
                {'type':'object','required':['number','nowhere'],'properties':{
                  'number':{'type':'string','x-tag':'order.number'}, 'zip':{'type':'string'}, 'nowhere':{'type':'string'} }}""");

        Suggestion tagged = Suggesting.of(Side.of(source, List.of()), Side.of(target, List.of()), Clock.systemUTC());
        Suggestion valued = suggest("{'a1':'ORD-1001','b1':'x'}", "{'zzz':'ORD-1001','yyy':'something else'}");

        assertThat(tagged.fields()).extracting(Suggestion.Proposed::from).containsExactly("f1", "f2");
        assertThat(tagged.open()).containsExactly(new Suggestion.Open("nowhere", "text", true));
        assertThat(SuggestionText.of(tagged)).contains("# needed, and nothing was found for it:\n#   nowhere (text)");
        assertThat(valued.fields()).extracting(Suggestion.Proposed::from).containsExactly("a1");
        assertThat(valued.open()).extracting(Suggestion.Open::to).containsExactly("yyy");
    }

    @Test
    void givesATargetOneSourceAndASourceOneTarget() {
        Suggestion found = suggest("{'email':'','mail':''}", "{'email':'','eMail':'','mailAddress':''}");

        assertThat(found.fields())
                .extracting(Suggestion.Proposed::from)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(found.open()).hasSize(1);
    }

    @Test
    void proposesNothingWhereNothingIsAlike() {
        Suggestion found = suggest("{'colour':'red','enabled':true}", "{'warehouseKey':'W','address':{'street':'x'}}");

        assertThat(found.fields()).isEmpty();
        assertThat(SuggestionText.of(found)).startsWith("fields: []\n");
    }

    @Test
    void namesOfSamplesStayInTheirPlace() {
        String text = text("{'a\\n  - { to: evil }':'ORD-1','it\\u0027s':'ORD-2'}", "{'x':'ORD-1','# y':'ORD-2'}");

        assertThat(text.lines().filter(line -> line.startsWith("  - "))).hasSize(2);
        assertThat(text).contains("to: \"['# y']\", from: \"['it\\\\'s']\"");
    }

    @Test
    @Timeout(20)
    void holdsManyPlacesAgainstMany() {
        ObjectNode wide = Json.NODES.objectNode();
        IntStream.range(0, 5000).forEach(i -> wide.put("order_number_of_customer_" + i, "value " + i));
        ArrayNode deep = Json.NODES.arrayNode();
        ArrayNode at = deep;
        for (int i = 0; i < 2000; i++) {
            at = at.addArray();
        }
        wide.set("deep", deep);
        JsonNode endless = json("{'type':'object','properties':{'a':{'$ref':'#'},'b':{'$ref':'#'},'c':{'$ref':'#x'}}}");

        Suggestion found = Suggesting.of(Side.of(null, List.of(wide)), Side.of(null, List.of(wide)), Clock.systemUTC());

        assertThat(found.cut()).isTrue();
        assertThat(found.fields()).hasSizeLessThanOrEqualTo(Side.MOST_PLACES);
        assertThat(Side.of(endless, List.of()).leaves()).hasSizeLessThanOrEqualTo(Side.MOST_PLACES);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void namesAndTitlesOfManyWordsTakeNoLonger() {
        ObjectNode schema = Json.NODES.objectNode().put("type", "object");
        ObjectNode members = schema.putObject("properties");
        IntStream.range(0, 150)
                .forEach(i -> members.putObject("field" + i)
                        .put("type", "string")
                        .put("title", "wordy".repeat(i % 7) + " remarkable words ".repeat(2_000)));
        Side side = Side.of(schema, List.of());

        assertThat(side.leaves()).allSatisfy(leaf -> assertThat(leaf.title()).hasSizeLessThanOrEqualTo(200));
        assertThat(Words.of("one two three four five six seven eight nine ten"))
                .containsExactly("three", "four", "five", "six", "seven", "eight", "nine", "ten");
        assertThat(Suggesting.of(side, side, Clock.systemUTC()).fields()).isNotEmpty();
    }

    @Test
    void isGivenUpWhenItTakesTooLong() {
        Side side = side("{'a':1,'b':2,'c':[{'d':1}]}");
        Clock late = new Clock() {
            private Instant now = Instant.EPOCH;

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                now = now.plus(Duration.ofSeconds(15));
                return now;
            }
        };

        assertThatThrownBy(() -> Suggesting.of(side, side, late))
                .isInstanceOf(TooManyPlacesException.class)
                .hasMessageContaining("longer than 20 s; try a smaller sample");
    }

    private static String text(String source, String target) {
        Suggestion first = suggest(source, target);
        assertThat(suggest(source, target)).isEqualTo(first);
        first.fields().forEach(field -> field.then().forEach(Applied::call));
        return SuggestionText.of(first);
    }

    private static Suggestion suggest(String source, String target) {
        return Suggesting.of(side(source), side(target), Clock.systemUTC());
    }

    private static Side side(String sample) {
        JsonNode tree = json(sample);
        return Side.of(null, RecordPath.of(tree).records(tree));
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
