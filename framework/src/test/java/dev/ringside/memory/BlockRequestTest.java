// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static dev.ringside.memory.MemorySize.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.trace.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a request for memory tells, and what is told of it. */
class BlockRequestTest {

  private final Lab lab = open();
  private final MemoryPool pool = lab.host().memory();
  private final Quota quota = pool.reserve("web", bytes(1_000));

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").vms("web").memory(bytes(4_000));
    return builder.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private List<String> told(EventKind kind) {
    List<String> told = new ArrayList<>();
    lab.journal().events(kind).forEach(event -> told.add(event.toString()));
    return told;
  }

  @Test
  void a_request_that_waits_is_not_granted() {
    quota.request(bytes(600)).block();
    BlockRequest request = quota.request(bytes(500));

    assertThat(request.isGranted()).isFalse();
    assertThat(request.isWaiting()).isTrue();
    assertThat(request.refusal()).isNull();
    assertThat(request.quota()).isSameAs(quota);
    assertThat(request.amount()).isEqualTo(500);
    assertThat(request)
        .hasToString("request for 500 bytes of web waits: web uses 600 of 1000 bytes");
    assertThat(quota)
        .hasToString(
            "quota of web: 600 of 1000 bytes in use by 1, 1 waits, the first for 500 bytes");
    assertThat(quota.free()).isEqualTo(400);
    assertThat(quota.isDeleted()).isFalse();
  }

  @Test
  void a_stage_ends_when_the_request_is_refused_later() {
    quota.request(bytes(600)).block();
    CompletableFuture<Block> stage = quota.request(bytes(900)).completion().toCompletableFuture();
    assertThat(stage).isNotDone();

    quota.setLimit(bytes(800));

    assertThat(stage).isCompletedExceptionally();
    assertThat(stage.handle((block, thrown) -> thrown.getMessage()).join())
        .isEqualTo(
            "java.util.concurrent.CancellationException: request for 900 bytes of web was refused,"
                + " OVER_QUOTA_FOREVER: web uses 600 of 800 bytes");
  }

  @Test
  void waits_grants_and_ends_are_told() {
    Block block = quota.request(bytes(600)).block();
    BlockRequest second = quota.request(bytes(500));
    BlockRequest third = quota.request(bytes(600));
    block.release();
    third.cancel();

    assertThat(second.isGranted()).isTrue();
    assertThat(told(EventKind.REQUEST_WAITS))
        .containsExactly(
            "request waits memory of web, 500 bytes", "request waits memory of web, 600 bytes");
    assertThat(told(EventKind.REQUEST_GRANTED))
        .containsExactly("request granted memory of web, 500 bytes");
    assertThat(told(EventKind.REQUEST_CANCELLED))
        .containsExactly("request cancelled memory of web, 600 bytes");
    assertThat(quota.waits()).isEqualTo(2);
  }

  @Test
  void quotas_their_limits_and_their_end_are_told() {
    quota.setLimit(bytes(500));
    quota.delete();

    assertThat(told(EventKind.CREATED)).contains("created quota web, limit 1000");
    assertThat(told(EventKind.CONFIGURED)).contains("configured quota web, limit 500");
    assertThat(told(EventKind.REMOVED)).contains("removed quota web");
    assertThat(pool.hasQuota("web")).isFalse();
  }

  @Test
  void a_block_of_nothing_counts_as_one() {
    Block none = quota.request(bytes(0)).block();

    assertThat(quota.live()).isEqualTo(1);
    assertThat(quota.grants()).isEqualTo(1);
    none.release();
    assertThat(quota.live()).isZero();
  }

  @Test
  void a_lax_quota_grants_nothing_once_its_limit_is_reached() {
    Quota lax = pool.reserveForApplication("lax", bytes(100), QuotaConfig.DEFAULT.lax());
    lax.request(bytes(99)).block();

    assertThat(lax.request(bytes(1)).isGranted()).isTrue();
    assertThat(lax.request(bytes(1)).isWaiting()).isTrue();
  }

  @Test
  void memory_for_a_machine_that_is_to_come_is_kept_from_others() {
    pool.reserveForArrival("app", 3_000);

    assertThat(pool.unassigned()).isZero();
    pool.arrivalIsOver(3_000);
    assertThat(pool.unassigned()).isEqualTo(3_000);
    assertThat(pool.hasQuota("web")).isTrue();
    assertThat(pool.hasQuota("app")).isFalse();
  }
}
