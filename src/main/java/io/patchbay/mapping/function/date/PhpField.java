package io.patchbay.mapping.function.date;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalUnit;
import java.time.temporal.UnsupportedTemporalTypeException;
import java.time.temporal.ValueRange;

/** What PHP's date letters say of a date and the JDK has no field for. They are written; read, they say nothing that the date does not. */
enum PhpField implements TemporalField {
    /** {@code t}: how many days its month has. */
    DAYS_IN_MONTH(28, 31),
    /** {@code L}: 1 in a leap year. */
    LEAP_YEAR(0, 1),
    /** {@code I}: 1 in summer time. */
    SUMMER_TIME(0, 1),
    /** {@code S}: what stands behind the day, which is read and not compared, as PHP does. */
    ORDINAL(1, 4);

    private final int least;
    private final int most;

    PhpField(int least, int most) {
        this.least = least;
        this.most = most;
    }

    @Override
    public long getFrom(TemporalAccessor temporal) {
        return switch (this) {
            case DAYS_IN_MONTH -> LocalDate.from(temporal).lengthOfMonth();
            case LEAP_YEAR -> LocalDate.from(temporal).isLeapYear() ? 1 : 0;
            case ORDINAL -> throw new UnsupportedTemporalTypeException(name() + " is read and not written");
            case SUMMER_TIME -> {
                ZonedDateTime at = ZonedDateTime.from(temporal);
                yield at.getZone().getRules().isDaylightSavings(at.toInstant()) ? 1 : 0;
            }
        };
    }

    @Override
    public boolean isSupportedBy(TemporalAccessor temporal) {
        return this != ORDINAL && temporal.isSupported(ChronoField.EPOCH_DAY);
    }

    @Override
    public <R extends Temporal> R adjustInto(R temporal, long newValue) {
        throw new UnsupportedTemporalTypeException(name() + " follows from the date");
    }

    @Override
    public ValueRange range() {
        return ValueRange.of(least, most);
    }

    @Override
    public ValueRange rangeRefinedBy(TemporalAccessor temporal) {
        return range();
    }

    @Override
    public TemporalUnit getBaseUnit() {
        return ChronoUnit.DAYS;
    }

    @Override
    public TemporalUnit getRangeUnit() {
        return ChronoUnit.FOREVER;
    }

    @Override
    public boolean isDateBased() {
        return true;
    }

    @Override
    public boolean isTimeBased() {
        return false;
    }
}
