// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.time.Seed;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitQueueTest {

  private final World world = new World(Seed.of(1), 100, false);
  private final Waits waits = world.waits();
  private final WaitQueue queue = new WaitQueue(waits, "memory of web", "byte");
  private final List<String> log = new ArrayList<>();
  private long free;

  /** Somebody who wants so much, and notes what becomes of it. */
  private class Wish implements WaitQueue.Request {
    private final String owner;
    private final long amount;

    Wish(String owner, long amount) {
      this.owner = owner;
      this.amount = amount;
    }

    @Override
    public boolean tryGrant() {
      if (free < amount) {
        return false;
      }
      free -= amount;
      return true;
    }

    @Override
    public void granted(Waiter waiter) {
      log.add(owner + " granted");
    }

    @Override
    public void cancelled(Waiter waiter, DropReason reason, String why) {
      log.add(owner + " " + reason + ": " + why);
    }
  }

  private Waiter add(String owner, long amount) {
    return add(new Wish(owner, amount));
  }

  private Waiter add(Wish wish) {
    return queue.add(wish.owner, wish.amount, "a release of memory of web", wish);
  }

  private void release(long amount) {
    world.run(
        () -> {
          free += amount;
          queue.wakeLater();
        });
  }

  // ---- order ----

  @Test
  void grants_in_the_order_of_arrival_as_far_as_it_goes() {
    add("first", 10);
    add("second", 20);
    add("third", 5);
    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.isEmpty()).isFalse();

    release(30);

    assertThat(log).containsExactly("first granted", "second granted");
    assertThat(queue.head())
        .hasToString(
            "third waits for 5 bytes of memory of web since PT0S, until a release of memory of web");
  }

  @Test
  void lets_no_smaller_request_overtake() {
    add("large", 100);
    add("small", 1);

    release(99);
    assertThat(log).isEmpty();

    release(2);
    assertThat(log).containsExactly("large granted", "small granted");
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.size()).isZero();
  }

  @Test
  void wakes_once_for_several_releases_of_one_operation() {
    int[] tests = new int[1];
    queue.add("web", 1, "nothing", () -> tests[0]++ > 100);

    world.run(
        () -> {
          queue.wakeLater();
          queue.wakeLater();
        });

    assertThat(tests[0]).isEqualTo(1);
  }

  @Test
  void schedules_nothing_while_nobody_waits() {
    world.run(
        () -> {
          queue.wakeLater();
          assertThat(world.scheduled()).isZero();
        });
  }

  // ---- what a test sees ----

  @Test
  void tells_who_waits_for_what_since_when_and_what_would_end_it() {
    world.advance(Duration.ofMillis(5));
    Waiter waiter = add("web", 1_442);

    assertThat(waiter.owner()).isEqualTo("web");
    assertThat(waiter.resource()).isEqualTo("memory of web");
    assertThat(waiter.amount()).isEqualTo(1_442);
    assertThat(waiter.unit()).isEqualTo("byte");
    assertThat(waiter.since()).isEqualTo(Duration.ofMillis(5));
    assertThat(waiter.wokenBy()).isEqualTo("a release of memory of web");
    assertThat(waiter.isWaiting()).isTrue();
    assertThat(waiter)
        .hasToString(
            "web waits for 1442 bytes of memory of web since PT0.005S, until a release of memory of"
                + " web");
  }

  @Test
  void says_what_became_of_a_request() {
    Waiter granted = add("web", 1);
    Waiter cancelled = add("db", 2);
    release(1);
    assertThat(cancelled.cancel()).isTrue();

    assertThat(granted).hasToString("web was granted 1 byte of memory of web");
    assertThat(granted.isGranted()).isTrue();
    assertThat(granted.isWaiting()).isFalse();
    assertThat(granted.isCancelled()).isFalse();
    assertThat(cancelled).hasToString("db was not granted 2 bytes of memory of web");
    assertThat(cancelled.isCancelled()).isTrue();
    assertThat(cancelled.isGranted()).isFalse();
  }

  @Test
  void lists_who_waits_for_anything_in_the_order_in_which_they_began() {
    WaitQueue buffers = new WaitQueue(waits, "transmit buffers of h1", "buffer");
    Waiter first = add("web", 1);
    Waiter second = buffers.add("db", 1, "a completion", () -> false);
    Waiter third = add("cache", 3);

    assertThat(waits.waiters()).containsExactly(first, second, third);
    assertThat(waits.size()).isEqualTo(3);
    assertThat(second)
        .hasToString(
            "db waits for 1 buffer of transmit buffers of h1 since PT0S, until a completion");

    second.cancel();
    assertThat(world.waiters()).containsExactly(first, third);
    assertThat(waits.size()).isEqualTo(2);
    third.cancel();
    first.cancel();
    assertThat(world.waiters()).isEmpty();
    assertThat(waits).hasToString("nobody waits");
    assertThat(queue).hasToString("nobody waits for memory of web");
  }

  // ---- cancelling ----

  @Test
  void tests_those_behind_a_request_that_is_cancelled() {
    Waiter large = add("large", 100);
    add("small", 1);
    release(1);

    assertThat(large.cancel()).isTrue();
    assertThat(log).containsExactly("large CANCELLED: cancelled by its owner", "small granted");
    assertThat(large.cancel()).isFalse();
  }

  @Test
  void does_not_tell_whoever_withdraws() {
    Waiter large = add("large", 100);
    add("small", 1);
    world.run(
        () -> {
          free = 1;
          assertThat(queue.withdraw(large)).isTrue();
          assertThat(queue.withdraw(large)).isFalse();
        });

    assertThat(log).containsExactly("small granted");
  }

  @Test
  void cancels_all_in_order_with_a_reason() {
    add("first", 1);
    add("second", 2);
    world.run(() -> queue.cancelAll(DropReason.TARGET_GONE, "web is gone"));

    assertThat(log)
        .containsExactly("first TARGET_GONE: web is gone", "second TARGET_GONE: web is gone");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void takes_one_out_from_the_middle_and_from_the_end() {
    add("first", 1);
    Waiter second = add("second", 1);
    Waiter third = add("third", 1);
    second.cancel();
    third.cancel();
    add("fourth", 1);
    log.clear();

    release(2);
    assertThat(log).containsExactly("first granted", "fourth granted");
  }

  // ---- re-entry ----

  @Test
  void may_be_woken_and_added_to_from_within_a_grant() {
    add(
        new Wish("first", 1) {
          @Override
          public void granted(Waiter waiter) {
            super.granted(waiter);
            free += 2;
            add("third", 1);
            queue.wake();
            log.add("first done");
          }
        });
    add("second", 1);

    release(1);
    assertThat(log)
        .containsExactly("first granted", "first done", "second granted", "third granted");
  }

  @Test
  void may_cancel_others_from_within_a_grant() {
    Waiter[] second = new Waiter[1];
    add(
        new Wish("first", 1) {
          @Override
          public void granted(Waiter waiter) {
            super.granted(waiter);
            queue.cancel(second[0], DropReason.CANCELLED, "first says so");
          }
        });
    second[0] = add("second", 1);
    add("third", 1);

    release(3);
    assertThat(log)
        .containsExactly("first granted", "second CANCELLED: first says so", "third granted");
  }

  @Test
  void ends_a_request_that_was_cancelled_while_it_was_tested_and_not_granted() {
    add(
        new Wish("first", 5) {
          @Override
          public boolean tryGrant() {
            queue.cancelAll(DropReason.TARGET_GONE, "in the test");
            return super.tryGrant();
          }
        });

    release(1);
    assertThat(log).containsExactly("first TARGET_GONE: in the test");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void keeps_a_grant_although_it_was_cancelled_while_it_was_tested() {
    add(
        new Wish("first", 5) {
          @Override
          public boolean tryGrant() {
            queue.cancelAll(DropReason.TARGET_GONE, "in the test");
            return super.tryGrant();
          }
        });

    release(5);
    assertThat(log).containsExactly("first granted");
  }

  // ---- failures ----

  @Test
  void takes_a_request_out_that_fails_and_goes_on() {
    add(
        new Wish("first", 1) {
          @Override
          public boolean tryGrant() {
            throw new IllegalStateException("policy");
          }
        });
    add("second", 1);

    assertThatThrownBy(() -> release(1)).hasMessage("policy");
    assertThat(log)
        .containsExactly(
            "first CANCELLED: its request has failed: java.lang.IllegalStateException: policy",
            "second granted");
  }

  @Test
  void goes_on_after_a_grant_whose_owner_fails() {
    add(
        new Wish("first", 1) {
          @Override
          public void granted(Waiter waiter) {
            throw new IllegalStateException("consumer");
          }
        });
    add("second", 1);

    assertThatThrownBy(() -> release(2)).hasMessage("consumer");
    assertThat(log).containsExactly("second granted");
  }

  // ---- stages ----

  @Test
  void completes_a_stage_within_the_operation_that_grants() {
    Waiter waiter = add("web", 1);
    List<String> seen = new ArrayList<>();
    waiter.completion().thenAccept(granted -> seen.add(log + " " + granted.amount()));

    release(1);
    assertThat(seen).containsExactly("[web granted] 1");
    assertThat(waiter.completion().toCompletableFuture()).isCompleted();
  }

  @Test
  void fails_a_stage_whose_request_is_cancelled() {
    Waiter waiter = add("web", 1);
    CompletableFuture<Waiter> early = waiter.completion().toCompletableFuture();
    waiter.cancel();

    assertThatThrownBy(early::join)
        .cause()
        .isInstanceOf(CancellationException.class)
        .hasMessage("web was not granted 1 byte of memory of web: cancelled by its owner");
    Waiter late = add("db", 1);
    late.cancel();
    assertThatThrownBy(() -> late.completion().toCompletableFuture().join())
        .cause()
        .isInstanceOf(CancellationException.class)
        .hasMessage("db was not granted 1 byte of memory of web");
  }
}
