package de.joecash.pos.reference.internal.till;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedingTest {
    @Test
    void makesUpReceiptsWhoseSumsAgree() {
        SplittableRandom random = new SplittableRandom(1);
        for (int number = 1; number <= 2_000; number++) {
            Receipt receipt = Receipt.random(number, 1, OffsetDateTime.MAX, random);
            assertThat(receipt.lines()).hasSizeBetween(1, 5);
            assertThat(receipt.signature()).hasSize(200);
            assertThat(receipt.payments())
                    .allSatisfy(payment -> assertThat(payment.amount()).isPositive());
            assertThat(receipt.payments().stream()
                            .map(Receipt.Payment::amount)
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(receipt.total());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many", "1e3", "20000001", "999999999999"})
    void refusesAnImpossibleNumberOfReceipts(String receipts) {
        assertThatThrownBy(() -> TillService.receipts(receipts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("de.joecash.receipts");
    }

    @Test
    void seedsFiftyThousandUnlessTheFrameworkSaysOtherwise() {
        assertThat(TillService.receipts(null)).isEqualTo(50_000);
        assertThat(TillService.receipts("0")).isZero();
    }

    @Test
    void readsOnlyAPointerThatItWrote() {
        Pointer pointer = new Pointer("till-7", Pointer.State.SELLING);
        assertThat(Pointer.parse(pointer.text())).contains(pointer);
        for (String text : new String[] {"", "till-7", "../x SELLING", "till-7 SELLIN", "till- SEEDING", "\0\0\0\0"}) {
            assertThat(Pointer.parse(text)).isEqualTo(Optional.empty());
        }
    }
}
