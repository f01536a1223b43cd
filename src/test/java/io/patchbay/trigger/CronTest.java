package io.patchbay.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {

    private static final LocalDate FRIDAY_13 = LocalDate.of(2026, 2, 13);
    private static final LocalDate TUESDAY_13 = LocalDate.of(2026, 1, 13);
    private static final LocalDate FRIDAY_6 = LocalDate.of(2026, 2, 6);
    private static final LocalDate THURSDAY_12 = LocalDate.of(2026, 2, 12);

    @Test
    void takesEitherDayWhenBothDayFieldsAreRestricted() {
        Cron cron = Cron.parse("0 6 13 * FRI");
        assertThat(cron.firesOn(FRIDAY_13)).isTrue();
        assertThat(cron.firesOn(TUESDAY_13)).isTrue();
        assertThat(cron.firesOn(FRIDAY_6)).isTrue();
        assertThat(cron.firesOn(THURSDAY_12)).isFalse();
    }

    @Test
    void needsBothDaysWhenOneFieldBeginsWithAStar() {
        Cron cron = Cron.parse("0 6 */2 * FRI");
        assertThat(cron.firesOn(FRIDAY_13)).isTrue();
        assertThat(cron.firesOn(FRIDAY_6)).isFalse();
        assertThat(cron.firesOn(TUESDAY_13)).isFalse();
    }

    @Test
    void readsListsRangesStepsAndNames() {
        Cron cron = Cron.parse("*/45 8-18/2,20 1,15 jan-MAR 5-7");
        assertThat(cron.minutes()).containsExactly(0, 45);
        assertThat(cron.hours()).containsExactly(8, 10, 12, 14, 16, 18, 20);
        assertThat(cron.daysOfMonth()).containsExactly(1, 15);
        assertThat(cron.months()).containsExactly(1, 2, 3);
        assertThat(cron.daysOfWeek()).containsExactly(0, 5, 6);
    }

    @Test
    void readsSundayAsZeroAndSeven() {
        assertThat(Cron.parse("0 0 * * 7").daysOfWeek())
                .isEqualTo(Cron.parse("0 0 * * SUN").daysOfWeek());
        assertThat(Cron.parse("0 0 * * *").daysOfWeek()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "60 * * * *|minute",
                "a * * * *|minute",
                "* 24 * * *|hour",
                "* * 0 * *|day of month",
                "* * 32 * *|day of month",
                "* * * 13 *|month",
                "* * * FOO *|month",
                "* * * * 8|day of week",
                "* * * * MON#2|day of week",
                "* * L * *|day of month",
                "* * ? * MON|day of month",
                "*/0 * * * *|minute",
                "10/5 * * * *|minute",
                "30-10 * * * *|minute",
                "1,,2 * * * *|minute",
                "-1 * * * *|minute"
            })
    void namesTheFieldThatIsWrong(String text, String field) {
        assertThatThrownBy(() -> Cron.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + field + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"* * * *", "0 0 6 * * MON", "@daily", "''", "0 0 30 2 *", "0 0 31 4,6 *"})
    void refuses(String text) {
        assertThatThrownBy(() -> Cron.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesTheLeapDay() {
        assertThat(Cron.parse("0 0 29 2 *").firesOn(LocalDate.of(2028, 2, 29))).isTrue();
    }
}
