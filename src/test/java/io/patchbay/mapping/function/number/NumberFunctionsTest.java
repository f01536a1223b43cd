package io.patchbay.mapping.function.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.expression.FakeScope;
import io.patchbay.mapping.function.Applied;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFunctionsTest {

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPowerOfALongNumberEndsSoon() {
        String number = BigInteger.valueOf(5).pow(143).toString();

        assertThatThrownBy(() -> Applied.to("{ power: -1000 }", Json.NODES.numberNode(new BigInteger(number))))
                .isInstanceOf(FunctionException.class)
                .hasMessageContaining("more than 2000 digits");
    }

    @Test
    void groupsWithoutEndAreNoNumber() {
        for (String text : new String[] {"1" + ",234".repeat(20_000), "1" + ",234".repeat(20_000) + ".5"}) {
            assertThatThrownBy(() -> Applied.to("{ number: { groupSeparator: \",\" } }", Json.NODES.textNode(text)))
                    .isInstanceOf(FunctionException.class)
                    .hasMessageContaining("the value is not a number, it is text");
        }
        assertThat(Applied.to("{ number: { groupSeparator: \",\" } }", Json.NODES.textNode("1" + ",234".repeat(249)))
                        .decimalValue())
                .isEqualTo(new BigDecimal("1" + "234".repeat(249)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ add: 1 } | 9223372036854775807 | 9223372036854775808",
                "{ add: 0.1 } | 0.2 | 0.3",
                "{ add: 1 } | [ 1, \"2\" ] | [ 2, 3 ]",
                "{ multiply: 99999999999999999999 } | 99999999999999999999 | 9999999999999999999800000000000000000001",
                "{ subtract: [ quantity, 1 ] } | 1 | -3",
                "{ divide: { by: 8 } } | 1 | 0.125",
                "{ divide: { by: 2 } } | 200 | 100",
                "{ divide: { by: 3, decimals: 0, rounding: up } } | -10 | -4",
                "{ divide: { by: 4, decimals: 2, rounding: halfEven } } | 0.5 | 0.12",
                "{ divide: { by: 4, decimals: 1, rounding: halfEven } } | 1 | 0.2",
                "{ modulo: -3 } | 7 | -2",
                "{ modulo: 0.1 } | 0.35 | 0.05",
                "{ power: 0 } | 5 | 1",
                "{ power: 2 } | -3 | 9",
                "{ round: {} } | -2.5 | -3",
                "{ round: { rounding: halfEven } } | 3.5 | 4",
                "{ round: { rounding: halfEven } } | 2.5 | 2",
                "round | 12345678901234567890.5 | 12345678901234567891",
                "{ round: { step: 0.05 } } | 9.975 | 10.00",
                "{ round: { step: 0.25, rounding: down } } | -1.3 | -1.25",
                "floor | 1e3 | 1000",
                "abs | -0.0 | 0.0",
                "negate | 0 | 0",
                "{ bounds: { most: 5 } } | 7.5 | 5",
                "{ bounds: { least: -1, most: 1 } } | 0.5 | 0.5",
                "{ percent: 20 } | 0.05 | 0.01",
                "{ percentOf: { term: quantity } } | 1.5 | 50",
                "{ tax: { rate: 19, from: net, to: tax } } | 0.03 | 0.01",
                "{ tax: { rate: 20, from: gross, to: net } } | -12 | -10.00",
                "{ tax: { rate: 0, from: gross, to: tax } } | 12 | 0.00",
                "{ number: { groupSeparator: \",\" } } | \"12,34,567.5\" | 1234567.5",
                "{ number: { groupSeparator: \",\" } } | \"-1,234\" | -1234",
                "{ number: { groupSeparator: \" \", decimalSeparator: \",\" } } | \"1\\u202f234\\u00a0567,5\" | 1234567.5",
                "{ formatNumber: { groupSeparator: \" \" } } | 1234567 | \"1 234 567\"",
                "{ formatNumber: { groupSeparator: \",\" } } | 123 | \"123\"",
                "{ formatNumber: { decimals: 0 } } | -0.4 | \"0\"",
                "{ formatNumber: {} } | 1e21 | \"1000000000000000000000\"",
                "{ toMinor: { currency: bhd } } | 1.234 | 1234",
                "{ toMinor: { currency: GBP } } | -0.01 | -1",
                "{ toMinor: { currency: GBP } } | 12.3400 | 1234",
                "{ fromMinor: { currency: TND } } | \"1\" | 0.001",
                "{ fromMinor: { currency: GBP } } | 123456789012345678901 | 1234567890123456789.01",
                "{ unit: { from: kg, to: lb, decimals: 6 } } | 1 | 2.204623",
                "{ unit: { from: KG, to: g } } | 0.5 | 500",
                "{ unit: { from: in, to: ft } } | 6 | 0.5",
                "{ unit: { from: inches, to: mm } } | 1 | 25.4",
                "{ unit: { from: ft3, to: l } } | 1 | 28.316846592",
                "{ unit: { from: stone, to: pounds } } | 2 | 28",
                "{ unit: { from: m2, to: ft2, decimals: 2 } } | 1 | 10.76",
            })
    void yields(String then, String in, String out) {
        assertThat(Applied.to(then, in).toString())
                .isEqualTo(FakeScope.yaml(out).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ add: none } | 1 | add: 'none' is not a number, it is nothing",
                "{ add: 1 } | \"s3cret\" | add: the value is not a number, it is text",
                "{ add: 1 } | { a: s3cret } | add: the value is not a number, it is an object",
                "{ add: 1 } | true | add: the value is not a number, it is true or false",
                "{ number: { groupSeparator: \",\" } } | \"12,34.50\" | number: the text has 'groupSeparator' in another place",
                "{ number: { groupSeparator: \",\" } } | \"1.234,5\" | number: the text has 'groupSeparator' in another place",
                "{ number: { groupSeparator: \".\", decimalSeparator: \",\" } } | \"1.5\" | number: the text has 'groupSeparator' in another place",
                "{ power: 1001 } | 1 | power: the exponent is not a whole number",
                "{ power: 1000 } | 123456789 | power: the result has more than 2000 digits",
                "{ divide: { by: quantity, decimals: 1 } } | x | divide: the value is not a number",
                "{ percentOf: { term: 0 } } | 1 | percentOf: the divisor is zero",
                "{ toMinor: { currency: \"${record.shop}\" } } | 1 | toMinor: the currency is not a code of ISO 4217",
                "{ fromMinor: { currency: GBP } } | 1.5 | fromMinor: the amount is not a whole number: set 'rounding'",
                "{ unit: { from: \"${record.shop}\", to: kg } } | 1 | unit: 'from' is not a unit like kg",
                "{ bounds: { least: 5, most: quantity } } | 1 | bounds: 'least' is more than 'most'",
            })
    void refuses(String then, String in, String message) {
        Applied.refuses(then, in, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ round: { step: 0 } } | 'step' must be more than 0",
                "{ round: { step: 5, decimals: 2 } } | found both",
                "{ divide: { by: [] } } | 'by' needs at least one term",
                "{ divide: {} } | needs the key 'by'",
                "{ add: \"a[\" } | 'a[' is not a path",
                "{ add: \"${secret.x}\" } | 'secret' cannot be read here",
                "add | function 'add' needs settings",
                "{ toMinor: { currency: pounds } } | is not a code of ISO 4217",
                "{ toMinor: { currency: XXX } } | has no smaller unit",
                "{ unit: { from: kg, to: cm } } | kg is weight and cm is length",
                "{ unit: { from: kg, to: furlongs } } | 'to' is not a unit like kg",
                "{ tax: { rate: 20, from: tax, to: net } } | 'from' is net or gross",
                "{ bounds: {} } | bounds needs 'least', 'most' or both",
                "{ formatNumber: { groupSeparator: \".\" } } | must not be the same",
                "{ add: 2026-03-31 } | 2026-03-31",
                "{ subtract: [ 1, 2026-03-31 ] } | 2026-03-31",
                "{ percentOf: { term: 2026-03-31 } } | 2026-03-31",
                "{ tax: { rate: 2026-03-31, from: net, to: tax } } | 2026-03-31",
                "{ bounds: { most: 2026-03-31 } } | 2026-03-31",
            })
    void saysWhatIsWrong(String then, String message) {
        Applied.isWrong(then, message);
    }

    @Test
    void aNumberCannotBeGrownWithoutEnd() {
        String[] value = {"9".repeat(900)};
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        value[0] = Applied.to("{ power: 2 }", Json.NODES.textNode(value[0]))
                                .asText();
                    }
                })
                .isInstanceOf(FunctionException.class);
    }

    @Property
    void minorUnitsGoForthAndBack(
            @ForAll @BigRange(min = "-1000000000000", max = "1000000000000") @Scale(2) BigDecimal amount) {
        var minor = Applied.to("{ toMinor: { currency: EUR } }", Json.NODES.numberNode(amount));

        assertThat(Applied.to("{ fromMinor: { currency: EUR } }", minor).decimalValue())
                .isEqualByComparingTo(amount);
    }

    @Property
    void whatIsAddedCanBeTakenAway(@ForAll BigDecimal number) {
        var sum = Applied.to("{ add: [ 0.07, shipping ] }", Json.NODES.numberNode(number));

        assertThat(Applied.to("{ subtract: [ shipping, 0.07 ] }", sum).decimalValue())
                .isEqualByComparingTo(number);
    }

    @Property
    void poundsGoToKilogramsAndBack(@ForAll @BigRange(min = "-1000000", max = "1000000") @Scale(3) BigDecimal pounds) {
        var kilograms = Applied.to("{ unit: { from: lb, to: kg } }", Json.NODES.numberNode(pounds));

        assertThat(Applied.to("{ unit: { from: kg, to: lb } }", kilograms).decimalValue())
                .isEqualByComparingTo(pounds);
    }

    @Property
    void netAndTaxAddUpToGross(@ForAll @BigRange(min = "0", max = "1000000") @Scale(2) BigDecimal gross) {
        var value = Json.NODES.numberNode(gross);
        BigDecimal net =
                Applied.to("{ tax: { rate: 19, from: gross, to: net } }", value).decimalValue();
        BigDecimal tax =
                Applied.to("{ tax: { rate: 19, from: gross, to: tax } }", value).decimalValue();

        assertThat(net.add(tax)).isEqualByComparingTo(gross);
    }

    @Property
    void whatIsFormattedIsReadBack(
            @ForAll @BigRange(min = "-1000000000000", max = "1000000000000") @Scale(4) BigDecimal number) {
        var text = Applied.to(
                "{ formatNumber: { decimalSeparator: \",\", groupSeparator: \".\" } }", Json.NODES.numberNode(number));

        assertThat(Applied.to("{ number: { decimalSeparator: \",\", groupSeparator: \".\" } }", text)
                        .decimalValue())
                .isEqualByComparingTo(number);
    }
}
