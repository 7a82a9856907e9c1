// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.ring.Waiter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a request that waits, or has waited.
 *
 * <pre>{@code
 * assertThat(lab.waiters().get(0)).isWaiting().isOwnedBy("p0/vf0/rx0").hasAmount(1_442);
 * }</pre>
 */
public class WaiterAssert extends AbstractRingsideAssert<WaiterAssert, Waiter> {

  /** Assertions about this one. */
  public WaiterAssert(@Nullable Waiter actual) {
    super(actual, WaiterAssert.class);
  }

  @Override
  protected String subject() {
    return "request of " + actual.owner() + " for " + actual.resource();
  }

  private WaiterAssert is(boolean holds, String wanted) {
    return verify(() -> holds ? null : new ShouldBe(subject(), wanted, state(), evidence()));
  }

  private String state() {
    return actual.isWaiting() ? "waiting" : actual.isGranted() ? "granted" : "cancelled";
  }

  private WaiterAssert has(String what, Object wanted, Object found) {
    return verify(
        () ->
            found.equals(wanted)
                ? null
                : new ShouldHave(subject(), what + " " + wanted, what + " " + found, evidence()));
  }

  /**
   * That it waits still.
   *
   * <pre>{@code
   * assertThat(waiter).isWaiting(); // passes
   * web.inbox().release(1);
   * assertThat(waiter).isWaiting(); // fails
   * }</pre>
   */
  public WaiterAssert isWaiting() {
    isNotNull();
    return is(actual.isWaiting(), "waiting");
  }

  /**
   * That it was given what it has waited for.
   *
   * <pre>{@code
   * web.inbox().release(1);
   * assertThat(waiter).isGranted(); // passes
   * }</pre>
   */
  public WaiterAssert isGranted() {
    isNotNull();
    return is(actual.isGranted(), "granted");
  }

  /**
   * That it waits no longer and was given nothing.
   *
   * <pre>{@code
   * waiter.cancel();
   * assertThat(waiter).isCancelled(); // passes
   * }</pre>
   */
  public WaiterAssert isCancelled() {
    isNotNull();
    return is(actual.isCancelled(), "cancelled");
  }

  /**
   * That it is this one's.
   *
   * <pre>{@code
   * assertThat(waiter).isOwnedBy("p0/vf0/rx0"); // passes
   * }</pre>
   */
  public WaiterAssert isOwnedBy(String owner) {
    isNotNull();
    return has("owner", owner, actual.owner());
  }

  /**
   * That it is for so much, in the units of the resource.
   *
   * <pre>{@code
   * assertThat(waiter).hasAmount(1_442); // passes
   * }</pre>
   */
  public WaiterAssert hasAmount(long amount) {
    isNotNull();
    return has("amount", amount, actual.amount());
  }

  /**
   * That it began to wait at this virtual time.
   *
   * <pre>{@code
   * assertThat(waiter).hasWaitedSince(Duration.ZERO); // passes
   * }</pre>
   */
  public WaiterAssert hasWaitedSince(Duration time) {
    isNotNull();
    return has("begin", time, actual.since());
  }

  /**
   * That this, among others, would end the wait.
   *
   * <pre>{@code
   * assertThat(waiter).isWokenBy("a release of memory of web"); // passes
   * }</pre>
   */
  public WaiterAssert isWokenBy(String words) {
    isNotNull();
    return verify(
        () ->
            actual.wokenBy().contains(words)
                ? null
                : new ShouldBe(
                    subject(), "woken by " + words, "woken by " + actual.wokenBy(), evidence()));
  }
}
