package de.joecash.pos.reference.internal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.testkit.MutableClock;
import de.joecash.pos.notification.Notification;
import de.joecash.pos.notification.Notification.Urgency;
import de.joecash.pos.notification.NotificationException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoticeBoardTest {
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T07:00:00Z"), ZoneOffset.UTC);
    private final NoticeBoard board = new NoticeBoard(clock);

    @Test
    void saysEachInTheReadersLanguageTheMostUrgentFirst() throws Exception {
        board.deliver(notification("paper", Urgency.WARNING));
        clock.advance(Duration.ofSeconds(1));
        board.deliver(notification("backup", Urgency.ALARM));
        clock.advance(Duration.ofSeconds(1));
        board.deliver(notification("update", Urgency.WARNING));

        assertThat(board.notices(Locale.GERMAN))
                .extracting(NoticeBoard.Notice::topic)
                .containsExactly("backup", "update", "paper");
        assertThat(board.notices(Locale.GERMAN))
                .extracting(NoticeBoard.Notice::title)
                .containsOnly("Titel");
        assertThat(board.notices(Locale.ENGLISH).get(0)).satisfies(notice -> {
            assertThat(notice.title()).isEqualTo("title");
            assertThat(notice.text()).isEqualTo("text");
            assertThat(notice.target()).isEqualTo("/backup/");
            assertThat(notice.at())
                    .isEqualTo(Instant.parse("2026-11-22T07:00:01Z").toEpochMilli());
        });
        assertThat(board.way(Locale.GERMANY)).isNotEqualTo(board.way(Locale.FRANCE));
    }

    @Test
    void aLaterOneTakesThePlaceOfAnEarlierOneAboutTheSame() throws Exception {
        board.deliver(notification("backup", Urgency.ALARM));
        board.deliver(notification("backup", Urgency.INFO));

        assertThat(board.notices(Locale.GERMAN))
                .extracting(NoticeBoard.Notice::urgency)
                .containsExactly("INFO");
    }

    @Test
    void whatIsOverGoesSoonAndWhatNobodyRepeatsGoesAfterADay() throws Exception {
        board.deliver(notification("backup", Urgency.ALARM));
        board.deliver(notification("paper", Urgency.INFO));
        clock.advance(Duration.ofMinutes(10));
        assertThat(board.notices(Locale.GERMAN)).hasSize(2);
        clock.advance(Duration.ofSeconds(1));
        assertThat(board.notices(Locale.GERMAN))
                .extracting(NoticeBoard.Notice::topic)
                .containsExactly("backup");
        clock.advance(Duration.ofHours(25));
        assertThat(board.notices(Locale.GERMAN)).isEmpty();
    }

    @Test
    void aPluginThatFloodsItIsRefusedAndSaysWhatItSaidBeforeStill() throws Exception {
        for (int i = 0; i < 50; i++) {
            board.deliver(notification("topic" + i, Urgency.ALARM));
        }

        assertThatExceptionOfType(NotificationException.class)
                .isThrownBy(() -> board.deliver(notification("more", Urgency.ALARM)));
        board.deliver(notification("topic7", Urgency.WARNING));
        assertThat(board.notices(Locale.GERMAN)).hasSize(50);
    }

    @Test
    void onlyAPathOfThisServerBecomesALinkAndWordsThatFailHarmNoOthers() throws Exception {
        board.deliver(new Notification(
                "evil", Urgency.ALARM, locale -> "x", locale -> "x", Optional.of("//elsewhere.example/")));
        assertThat(board.notices(Locale.GERMAN).get(0).target()).isNull();
        boolean[] gone = {false};
        board.deliver(new Notification(
                "gone",
                Urgency.ALARM,
                locale -> {
                    if (gone[0]) {
                        throw new IllegalStateException("bundle is gone");
                    }
                    return "x";
                },
                locale -> "x",
                Optional.empty()));
        gone[0] = true;

        assertThat(board.notices(Locale.GERMAN))
                .extracting(NoticeBoard.Notice::topic)
                .containsExactly("evil");
    }

    private static Notification notification(String topic, Urgency urgency) {
        return new Notification(
                topic,
                urgency,
                locale -> locale.equals(Locale.GERMAN) ? "Titel" : "title",
                locale -> "text",
                Optional.of("/backup/"));
    }
}
