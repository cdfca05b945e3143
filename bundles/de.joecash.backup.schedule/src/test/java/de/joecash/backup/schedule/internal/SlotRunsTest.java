package de.joecash.backup.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotRunsTest {
    private static final String BERLIN = "Europe/Berlin";
    private static final String NEW_YORK = "America/New_York";
    private static final String[] USUAL = {"07:00", "21:00"};

    private static Shop served(String now) throws Exception {
        return Shop.served(BERLIN, now, USUAL);
    }

    @Test
    void eachSlotRunsOnceOnTheDayThatHas25Hours() throws Exception {
        assertThat(served("2026-10-24T20:00").until("2026-10-26T06:59").ran)
                .containsExactly(
                        "2026-10-24T21:00+02:00 2026-10-24T21:00",
                        "2026-10-25T07:00+01:00 2026-10-25T07:00",
                        "2026-10-25T21:00+01:00 2026-10-25T21:00");
    }

    @Test
    void eachSlotRunsOnceOnTheDayThatHas23Hours() throws Exception {
        assertThat(served("2027-03-27T20:00").until("2027-03-29T06:59").ran)
                .containsExactly(
                        "2027-03-27T21:00+01:00 2027-03-27T21:00",
                        "2027-03-28T07:00+02:00 2027-03-28T07:00",
                        "2027-03-28T21:00+02:00 2027-03-28T21:00");
    }

    @Test
    void aTimeThatTheDayHasTwiceRunsTheFirstTimeOnly() throws Exception {
        assertThat(Shop.served(BERLIN, "2026-10-24T20:00", "02:30").until("2026-10-26T03:00").ran)
                .containsExactly("2026-10-25T02:30+02:00 2026-10-25T02:30", "2026-10-26T02:30+01:00 2026-10-26T02:30");
        assertThat(Shop.served(NEW_YORK, "2026-10-31T20:00", "01:30").until("2026-11-02T03:00").ran)
                .containsExactly("2026-11-01T01:30-04:00 2026-11-01T01:30", "2026-11-02T01:30-05:00 2026-11-02T01:30");
    }

    @Test
    void aTimeThatTheDayLeavesOutRunsMovedOn() throws Exception {
        assertThat(Shop.served(BERLIN, "2027-03-27T20:00", "02:30").until("2027-03-29T03:00").ran)
                .containsExactly("2027-03-28T03:30+02:00 2027-03-28T02:30", "2027-03-29T02:30+02:00 2027-03-29T02:30");
        assertThat(Shop.served(NEW_YORK, "2027-03-13T20:00", "02:30").until("2027-03-15T03:00").ran)
                .containsExactly("2027-03-14T03:30-04:00 2027-03-14T02:30", "2027-03-15T02:30-04:00 2027-03-15T02:30");
    }

    @Test
    void twoTimesThatAreOneInstantOnTheSpringDayAreOneRun() throws Exception {
        assertThat(Shop.served(BERLIN, "2027-03-27T20:00", "02:30", "03:30").until("2027-03-29T03:00").ran)
                .containsExactly("2027-03-28T03:30+02:00 2027-03-28T03:30", "2027-03-29T02:30+02:00 2027-03-29T02:30");
    }

    @ParameterizedTest
    @CsvSource({"Europe/Berlin,07:00,21:00", "America/New_York,07:00,21:00", "Europe/Berlin,02:30,14:00"})
    void aWholeYearHasEachSlotOnceInOrder(String zone, String first, String second) throws Exception {
        Shop shop = Shop.served(zone, "2026-07-01T00:00", first, second);
        shop.kept = 3;
        shop.step = Duration.ofMinutes(5);
        shop.until("2027-06-30T23:59");

        List<String> slots = LocalDate.parse("2026-07-01")
                .datesUntil(LocalDate.parse("2027-07-01"))
                .flatMap(day -> Stream.of(day + "T" + first, day + "T" + second))
                .toList();
        assertThat(shop.ran)
                .extracting(run -> run.substring(23))
                .isEqualTo(slots)
                .hasSize(730);
        assertThat(shop.ran)
                .filteredOn(run -> !OffsetDateTime.parse(run.substring(0, 22))
                        .toLocalDateTime()
                        .equals(LocalDateTime.parse(run.substring(23))))
                .as("runs at another time than their slot's")
                .isEqualTo(
                        zone.equals(BERLIN) && first.equals("02:30")
                                ? List.of("2027-03-28T03:30+02:00 2027-03-28T02:30")
                                : List.of());
    }

    @Test
    void aSlotMissedByAnHourIsCaughtUpOnce() throws Exception {
        Shop shop = served("2026-11-22T06:00");
        shop.off();
        shop.until("2026-11-22T08:00").on().until("2026-11-22T21:30");

        assertThat(shop.ran)
                .containsExactly("2026-11-22T08:01+01:00 2026-11-22T07:00", "2026-11-22T21:00+01:00 2026-11-22T21:00");
    }

    @Test
    void ofThreeMissedDaysOnlyTheNewestSlotIsCaughtUp() throws Exception {
        Shop shop = served("2026-11-22T06:00");
        shop.off();
        shop.until("2026-11-25T06:15").on().until("2026-11-25T08:00");

        assertThat(shop.ran)
                .containsExactly("2026-11-25T06:16+01:00 2026-11-24T21:00", "2026-11-25T07:00+01:00 2026-11-25T07:00");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-24T20:00,2026-10-25T06:30,2026-10-25T06:31+01:00 2026-10-24T21:00",
        "2027-03-27T20:00,2027-03-28T06:30,2027-03-28T06:31+02:00 2027-03-27T21:00",
        "2026-10-24T20:00,2026-10-25T02:10,2026-10-25T02:11+02:00 2026-10-24T21:00"
    })
    void aSlotMissedOverTheChangeOfTheClocksIsCaughtUpOnce(String off, String on, String caughtUp) throws Exception {
        Shop shop = served(off);
        shop.off();
        shop.until(on).on().until(on.substring(0, 10) + "T12:00");

        String date = on.substring(0, 10);
        String offset = date.equals("2026-10-25") ? "+01:00" : "+02:00";
        assertThat(shop.ran).containsExactly(caughtUp, date + "T07:00" + offset + " " + date + "T07:00");
    }

    @Test
    void theFirstBookingRunsAtOnce() throws Exception {
        Shop shop = new Shop(BERLIN, "2026-11-22T12:00", USUAL).on().until("2026-11-23T06:00");

        assertThat(shop.ran)
                .containsExactly("2026-11-22T12:01+01:00 2026-11-22T07:00", "2026-11-22T21:00+01:00 2026-11-22T21:00");
    }

    @Test
    void anUpdateAtTheVeryMinuteLosesAndRepeatsNothing() throws Exception {
        Shop before = served("2026-11-22T06:00");
        before.until("2026-11-22T06:59").off();
        before.until("2026-11-22T07:00").on().until("2026-11-22T12:00");
        assertThat(before.ran).containsExactly("2026-11-22T07:01+01:00 2026-11-22T07:00");

        Shop after = served("2026-11-22T06:00").until("2026-11-22T07:00").on().until("2026-11-22T12:00");
        assertThat(after.ran).containsExactly("2026-11-22T07:00+01:00 2026-11-22T07:00");
    }

    @Test
    void anUpdateInMidRunJoinsTheRunAndRepeatsNothing() throws Exception {
        Shop shop = served("2026-11-22T06:00");
        shop.stepsPerRun = 10;
        shop.until("2026-11-22T07:05").off();
        shop.until("2026-11-22T07:06").on().until("2026-11-22T12:00");

        assertThat(shop.ran).containsExactly("2026-11-22T07:00+01:00 2026-11-22T07:00");
        assertThat(shop.core.cancelled).isEmpty();
    }

    @Test
    void aRunThatEndsWhileTheScheduleIsAwayCounts() throws Exception {
        Shop shop = served("2026-11-22T06:00");
        shop.until("2026-11-22T07:01").off();
        shop.until("2026-11-22T07:30").on().until("2026-11-22T12:00");

        assertThat(shop.ran).containsExactly("2026-11-22T07:00+01:00 2026-11-22T07:00");
    }

    @Test
    void aClockPutBackTwoHoursRepeatsNothing() throws Exception {
        Shop shop = served("2026-11-22T06:00").until("2026-11-22T07:05");
        shop.clockTo("2026-11-22T05:05").until("2026-11-22T22:00");

        assertThat(shop.ran)
                .containsExactly("2026-11-22T07:00+01:00 2026-11-22T07:00", "2026-11-22T21:00+01:00 2026-11-22T21:00");
    }

    @Test
    void aClockPutBackTwoHoursOverARestartRepeatsNothing() throws Exception {
        Shop shop = served("2026-11-22T06:00").until("2026-11-22T07:05");
        shop.off();
        shop.clockTo("2026-11-22T05:05").on().until("2026-11-22T22:00");

        assertThat(shop.ran)
                .containsExactly("2026-11-22T07:00+01:00 2026-11-22T07:00", "2026-11-22T21:00+01:00 2026-11-22T21:00");
    }

    @Test
    void aClockPutBackInMidRunRepeatsNothing() throws Exception {
        Shop shop = served("2026-11-22T06:00");
        shop.stepsPerRun = 10;
        shop.until("2026-11-22T07:05").clockTo("2026-11-22T05:05").until("2026-11-22T12:00");

        assertThat(shop.ran).containsExactly("2026-11-22T07:00+01:00 2026-11-22T07:00");
    }

    @Test
    void aClockTenYearsAheadAndPutRightBlocksNothing() throws Exception {
        Shop shop = served("2026-11-22T08:00").until("2026-11-22T09:00");
        shop.clockTo("2036-11-22T09:00").until("2036-11-22T09:30");
        shop.clockTo("2026-11-22T09:31").on().until("2026-11-23T08:00");

        assertThat(shop.ran)
                .containsExactly(
                        "2036-11-22T09:00+01:00 2036-11-22T07:00",
                        "2026-11-22T21:00+01:00 2026-11-22T21:00",
                        "2026-11-23T07:00+01:00 2026-11-23T07:00");
    }

    @Test
    void aClockOneDayAheadAndPutRightDoesNotTakeTheNextDaysBackupsAway() throws Exception {
        Shop shop = served("2026-11-22T08:00").until("2026-11-22T09:00");
        shop.clockTo("2026-11-23T09:00").until("2026-11-23T09:30");
        shop.clockTo("2026-11-22T09:31").until("2026-11-23T22:00");

        assertThat(shop.ran)
                .containsExactly(
                        "2026-11-23T09:00+01:00 2026-11-23T07:00",
                        "2026-11-22T21:00+01:00 2026-11-22T21:00",
                        "2026-11-23T07:00+01:00 2026-11-23T07:00",
                        "2026-11-23T21:00+01:00 2026-11-23T21:00");
    }

    @Test
    void aClockPutBackByDaysDoesNotStopTheBackups() throws Exception {
        Shop shop = served("2026-11-22T06:00").until("2026-11-27T12:00");
        shop.ran.clear();
        shop.clockTo("2026-11-24T12:00").until("2026-11-25T12:00");

        assertThat(shop.ran)
                .containsExactly(
                        "2026-11-24T12:00+01:00 2026-11-24T07:00",
                        "2026-11-24T21:00+01:00 2026-11-24T21:00",
                        "2026-11-25T07:00+01:00 2026-11-25T07:00");
    }

    @Test
    void aBookingThatLapsedOverSlotsCatchesUpOnceWhenItIsBack() throws Exception {
        Shop shop = served("2026-11-22T06:00").until("2026-11-22T12:00");
        shop.off();
        shop.until("2026-11-24T12:00").on().until("2026-11-24T22:00");

        assertThat(shop.ran)
                .containsExactly(
                        "2026-11-22T07:00+01:00 2026-11-22T07:00",
                        "2026-11-24T12:01+01:00 2026-11-24T07:00",
                        "2026-11-24T21:00+01:00 2026-11-24T21:00");
    }

    @Test
    void aFailedRunIsTriedAgainAfter1And5AndEach15MinutesUntilTheNextSlot() throws Exception {
        Shop shop = Shop.served(BERLIN, "2026-11-22T06:00", "07:00", "08:15");
        shop.stepsPerRun = 1;
        shop.trouble = Optional.of(new Problem.NoSpace("/backups", 2, 1));
        shop.until("2026-11-22T08:17");
        shop.trouble = Optional.empty();
        shop.until("2026-11-22T12:00");

        assertThat(shop.ran)
                .containsExactly(
                        "2026-11-22T07:00+01:00 2026-11-22T07:00",
                        "2026-11-22T07:02+01:00 2026-11-22T07:00",
                        "2026-11-22T07:08+01:00 2026-11-22T07:00",
                        "2026-11-22T07:24+01:00 2026-11-22T07:00",
                        "2026-11-22T07:40+01:00 2026-11-22T07:00",
                        "2026-11-22T07:56+01:00 2026-11-22T07:00",
                        "2026-11-22T08:12+01:00 2026-11-22T07:00",
                        "2026-11-22T08:15+01:00 2026-11-22T08:15",
                        "2026-11-22T08:17+01:00 2026-11-22T08:15");
    }

    @Test
    void whileSomethingElseIsUnderWayItAsksEveryMinute() throws Exception {
        Shop shop = served("2026-11-22T06:00");
        shop.stepsPerRun = 1;
        shop.trouble = Optional.of(new Problem.Busy(Run.Kind.RESTORE));
        shop.until("2026-11-22T07:07");
        shop.trouble = Optional.empty();
        shop.until("2026-11-22T12:00");

        assertThat(shop.ran)
                .extracting(run -> run.substring(11, 16))
                .containsExactly("07:00", "07:02", "07:04", "07:06", "07:08");
    }

    @Test
    void aManualRunThatWasJoinedIsFollowedByAnAutomaticOne() throws Exception {
        Shop shop = served("2026-11-22T06:00").until("2026-11-22T06:59");
        shop.stepsPerRun = 4;
        shop.backUp(CreateRequest.manual("page"));
        shop.until("2026-11-22T12:00");

        assertThat(shop.ran).containsExactly("2026-11-22T06:59+01:00 page", "2026-11-22T07:03+01:00 2026-11-22T07:00");
    }

    @Test
    void aCoreThatForgetsSlotsIsNotAskedWithoutEnd() throws Exception {
        Shop shop = served("2026-11-22T06:00");
        shop.forgetful = true;
        shop.until("2026-11-22T07:20");

        assertThat(shop.ran)
                .extracting(run -> run.substring(11, 16))
                .containsExactly("07:00", "07:02", "07:05", "07:08", "07:11", "07:14", "07:17", "07:20");
    }

    @Test
    void aSlotServedHereIsNotServedAgainThoughItsBackupIsGone() throws Exception {
        Shop shop = served("2026-11-22T06:00").until("2026-11-22T07:05");
        shop.core.backups.clear();
        shop.until("2026-11-22T12:00");

        assertThat(shop.ran).containsExactly("2026-11-22T07:00+01:00 2026-11-22T07:00");
    }

    @Test
    void neitherADamagedBackupNorAManualOneNorOneAtClosingStandsForASlot() throws Exception {
        Shop shop = new Shop(BERLIN, "2026-11-22T06:00", USUAL);
        var started = LocalDateTime.parse("2026-11-21T21:00").atZone(shop.zone);
        Optional<LocalDateTime> slot = Optional.of(started.toLocalDateTime());
        Backup whole = Shop.backup(1, BackupKind.AUTOMATIC, slot, started);
        shop.core.backups.add(new Backup(
                whole.manifest(), whole.provenAt(), Optional.of(new Problem.ArchiveDamaged("1", "short")), List.of()));
        shop.core.backups.add(Shop.backup(2, BackupKind.MANUAL, slot, started));
        shop.core.backups.add(Shop.backup(3, BackupKind.AUTOMATIC, Optional.empty(), started));
        shop.on().until("2026-11-22T06:30");

        assertThat(shop.ran).containsExactly("2026-11-22T06:01+01:00 2026-11-21T21:00");
    }

    @Test
    void theNextRunIsTheComingSlotOrTheOneThatIsBeingCaughtUp() throws Exception {
        Shop shop = served("2026-10-25T06:00");
        assertThat(shop.next()).hasToString("2026-10-25T07:00+01:00[Europe/Berlin]");

        shop.until("2026-10-25T07:00");
        assertThat(shop.next()).hasToString("2026-10-25T07:00+01:00[Europe/Berlin]");

        shop.until("2026-10-25T07:05");
        assertThat(shop.next()).hasToString("2026-10-25T21:00+01:00[Europe/Berlin]");

        shop.clockTo("2026-10-25T05:05");
        assertThat(shop.next()).hasToString("2026-10-25T21:00+01:00[Europe/Berlin]");
    }
}
