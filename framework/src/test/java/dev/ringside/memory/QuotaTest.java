// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static dev.ringside.memory.MemorySize.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.trace.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks that code of a user's own asks for. */
class QuotaTest {

  private final Lab lab = open();
  private final MemoryPool pool = lab.host().memory();
  private final Quota quota = pool.reserve("web", bytes(1_000));

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").vms("web", "db").memory(bytes(4_000));
    return builder.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  // ---- granting ----

  @Test
  void grants_what_fits_at_once() {
    BlockRequest request = quota.request(bytes(1_000));

    assertThat(request.isGranted()).isTrue();
    assertThat(request.isWaiting()).isFalse();
    assertThat(request.refusal()).isNull();
    assertThat(request)
        .hasToString("request for 1000 bytes of web was granted: block 1 of web (1000 bytes)");
    Block block = request.block();
    assertThat(block.size()).isEqualTo(1_000);
    assertThat(block.id()).isEqualTo(1);
    assertThat(block.quota()).isSameAs(quota);
    assertThat(block.isLive()).isTrue();
    assertThat(quota).hasToString("quota of web: 1000 of 1000 bytes in use by 1");
  }

  @Test
  void lets_wait_what_does_not_fit_and_grants_it_within_the_release() {
    Block first = quota.request(bytes(600)).block();
    BlockRequest second = quota.request(bytes(500));
    BlockRequest third = quota.request(bytes(1));

    assertThat(second.isWaiting()).isTrue();
    assertThat(third.isWaiting()).isTrue(); // it would fit, and does not overtake
    assertThat(quota)
        .hasToString(
            "quota of web: 600 of 1000 bytes in use by 1, 2 wait, the first for 500 bytes");
    assertThat(lab.waiters().get(0))
        .hasToString(
            "web waits for 500 bytes of memory of web since PT0S, until a release of memory of web,"
                + " or a higher limit");
    first.release();
    assertThat(second.block().id()).isEqualTo(2);
    assertThat(third.isGranted()).isTrue();
    assertThat(quota.used()).isEqualTo(501);
    assertThat(quota.live()).isEqualTo(2);
  }

  @Test
  void says_why_there_is_no_block_yet() {
    quota.request(bytes(600)).block();
    BlockRequest waiting = quota.request(bytes(500));

    assertThatThrownBy(waiting::block)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "request for 500 bytes of web waits: web uses 600 of 1000 bytes; release memory, or ask"
                + " isGranted() first");
  }

  @Test
  void refuses_at_once_what_can_never_fit() {
    BlockRequest request = quota.request(bytes(1_001));

    assertThat(request.isWaiting()).isFalse();
    assertThat(request.refusal()).isEqualTo(DropReason.OVER_QUOTA_FOREVER);
    assertThat(request.cancel()).isFalse();
    assertThatThrownBy(request::block)
        .hasMessage(
            "request for 1001 bytes of web was refused, OVER_QUOTA_FOREVER: web uses 0 of 1000"
                + " bytes");
    assertThatThrownBy(() -> request.completion().toCompletableFuture().join())
        .cause()
        .isInstanceOf(CancellationException.class);
    assertThat(quota.used()).isZero();
  }

  @Test
  void grants_nothing_for_nothing() {
    Block all = quota.request(bytes(1_000)).block();
    BlockRequest waiting = quota.request(bytes(1));
    Block none = quota.request(bytes(0)).block();

    assertThat(quota.used()).isEqualTo(1_000);
    none.release();
    assertThat(waiting.isWaiting()).isTrue();
    all.release();
    assertThat(waiting.isGranted()).isTrue();
  }

  @Test
  void completes_a_stage_within_the_operation_that_grants() {
    Block first = quota.request(bytes(1_000)).block();
    List<String> seen = new ArrayList<>();
    quota.request(bytes(400)).completion().thenAccept(block -> seen.add("first " + block));
    quota
        .request(bytes(300))
        .completion()
        .thenAccept(
            block -> {
              seen.add("second " + block);
              block.release(); // within the grant
            });
    assertThat(seen).isEmpty();

    first.release();
    assertThat(seen)
        .containsExactly("first block 2 of web (400 bytes)", "second block 3 of web (300 bytes)");
    assertThat(quota.used()).isEqualTo(400);
    assertThat(quota.request(bytes(1)).completion().toCompletableFuture()).isCompleted();
  }

  // ---- giving back ----

  @Test
  void refuses_to_take_a_block_back_twice() {
    Block block = quota.request(bytes(600)).block();
    block.release();

    assertThat(block.isLive()).isFalse();
    assertThatThrownBy(block::release)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("block 1 of web (600 bytes) was given back already; once is enough");
    assertThat(quota.used()).isZero();
    assertThat(quota.live()).isZero();
  }

  @Test
  void refuses_to_take_back_a_block_of_another_quota() {
    Quota other = pool.reserve("db", bytes(1_000));
    Block block = quota.request(bytes(600)).block();

    assertThatThrownBy(() -> other.release(block))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "block 1 of web (600 bytes) is not of db; give it back to its own quota, or call"
                + " release() on it");
    assertThat(quota.used()).isEqualTo(600);
    assertThat(other.used()).isZero();
    quota.release(block);
    assertThat(quota.used()).isZero();
  }

  // ---- taking back ----

  @Test
  void lets_those_behind_a_cancelled_request_have_what_fits() {
    quota.request(bytes(600)).block();
    BlockRequest large = quota.request(bytes(900));
    BlockRequest small = quota.request(bytes(100));

    assertThat(large.cancel()).isTrue();
    assertThat(large.cancel()).isFalse();
    assertThat(large.refusal()).isEqualTo(DropReason.CANCELLED);
    assertThat(small.isGranted()).isTrue();
    assertThat(small.cancel()).isFalse();
  }

  // ---- limits ----

  @Test
  void keeps_memory_that_is_in_use_from_being_promised_to_others() {
    Block block = quota.request(bytes(800)).block();
    assertThat(pool.unassigned()).isEqualTo(3_000);

    quota.setLimit(bytes(500));
    assertThat(quota.reserved()).isEqualTo(800);
    assertThat(pool.unassigned()).isEqualTo(3_200);
    assertThat(quota.request(bytes(1)).isWaiting()).isTrue();
    assertThat(quota.free()).isZero();
    assertThatThrownBy(() -> pool.reserve("db", bytes(3_201)))
        .isInstanceOf(IllegalStateException.class);

    block.release();
    assertThat(quota.reserved()).isEqualTo(500);
    assertThat(pool.unassigned()).isEqualTo(3_500);
    assertThat(quota.used()).isEqualTo(1);
  }

  @Test
  void refuses_a_limit_that_the_pool_has_not() {
    assertThatThrownBy(() -> quota.setLimit(bytes(4_001)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "host h1 has 3000 of 4000 bytes of memory left, web wants 3001; delete() a quota, or"
                + " lower its limit");
    assertThat(quota.limit()).isEqualTo(1_000);
    assertThat(pool.unassigned()).isEqualTo(3_000);

    quota.setLimit(bytes(4_000));
    assertThat(pool.unassigned()).isZero();
  }

  @Test
  void refuses_what_waits_and_can_never_fit_under_a_lower_limit() {
    quota.request(bytes(600)).block();
    BlockRequest large = quota.request(bytes(900));
    BlockRequest small = quota.request(bytes(500));
    quota.setLimit(bytes(800));

    assertThat(large.refusal()).isEqualTo(DropReason.OVER_QUOTA_FOREVER);
    assertThat(small.isWaiting()).isTrue();
  }

  @Test
  void asks_a_rule_of_your_own() {
    QuotaRule half = (used, amount, limit) -> used + amount <= limit / 2;
    Quota own = pool.reserve("db", bytes(1_000), QuotaConfig.DEFAULT.withRule(half));

    assertThat(own.request(bytes(501)).refusal()).isEqualTo(DropReason.OVER_QUOTA_FOREVER);
    assertThat(own.request(bytes(300)).isGranted()).isTrue();
    assertThat(own.request(bytes(300)).isWaiting()).isTrue();
  }

  // ---- the end ----

  @Test
  void is_deleted_at_once_and_gives_its_memory_back_when_it_is_free() {
    Block block = quota.request(bytes(600)).block();
    BlockRequest waiting = quota.request(bytes(600));
    quota.delete();
    quota.delete();

    assertThat(waiting.refusal()).isEqualTo(DropReason.TARGET_GONE);
    assertThat(quota).hasToString("quota of web: 600 of 1000 bytes in use by 1 (deleted)");
    assertThat(pool.unassigned()).isEqualTo(3_000);
    assertThatThrownBy(() -> quota.request(bytes(1)))
        .hasMessage("quota web was deleted; reserve memory again");
    assertThatThrownBy(() -> quota.setLimit(bytes(1)))
        .hasMessage("quota web was deleted; reserve memory again");
    block.release();
    assertThat(pool.unassigned()).isEqualTo(4_000);
  }

  // ---- words ----

  @Test
  void tells_its_behaviour_in_words() {
    QuotaConfig config = QuotaConfig.DEFAULT;
    assertThat(config).hasToString("strict, waits");
    assertThat(config.lax().dropAfter(Duration.ofMillis(5)).blockForever())
        .hasToString("lax, waits for PT0.005S, also for what never fits");
    assertThatThrownBy(() -> config.dropAfter(Duration.ofNanos(-1)))
        .hasMessage("a quota whose packets wait for PT-0.000000001S: say zero or more");
    assertThat(quota.config()).isEqualTo(config);
    assertThat(quota.kind()).isEqualTo(TargetKind.VIRTUAL_MACHINE);
    assertThat(quota.matcher()).isNull();
  }

  @Test
  void sizes_have_units() {
    assertThat(bytes(1)).hasToString("1 byte");
    assertThat(MemorySize.kibibytes(2)).hasToString("2048 bytes");
    assertThat(MemorySize.mebibytes(1).bytes()).isEqualTo(1_048_576);
    assertThatThrownBy(() -> bytes(-1)).hasMessage("memory of -1 bytes: say 0 or more");
  }
}
