// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.memory.Quota;
import dev.ringside.ring.Waiter;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about what a target has of its host's memory.
 *
 * <pre>{@code
 * host.memory().reserve("web", bytes(3_000));
 * lab.wire().send(udp().to(web).payloadSize(1_400), 3);
 * assertThat(host.memory().quota("web")).isWaiting().forBytes(1_442).hasUsed(2_884);
 * }</pre>
 */
public class QuotaAssert extends AbstractRingsideAssert<QuotaAssert, Quota> {

  /** Assertions about this one. */
  public QuotaAssert(@Nullable Quota actual) {
    super(actual, QuotaAssert.class);
  }

  @Override
  protected String subject() {
    return "quota of " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  private String[] about() {
    return new String[] {"memory of " + actual.name(), "quota " + actual.name()};
  }

  private QuotaAssert has(String what, long wanted, ToLongFunction<Quota> measure) {
    return verify(
        () -> {
          long found = measure.applyAsLong(actual);
          return found == wanted
              ? null
              : new ShouldHave(
                  subject(), wanted + " " + what, found + ": " + actual, evidence(), about());
        });
  }

  private QuotaAssert is(boolean holds, String wanted, String found) {
    return verify(() -> holds ? null : new ShouldBe(subject(), wanted, found, evidence(), about()));
  }

  private @Nullable Waiter first() {
    List<Waiter> waiters = actual.waiters();
    return waiters.isEmpty() ? null : waiters.get(0);
  }

  /**
   * That a packet or request waits for memory.
   *
   * <pre>{@code
   * assertThat(quota).isWaiting(); // fails
   * lab.wire().send(udp().to(web).payloadSize(1_400), 3);
   * assertThat(quota).isWaiting(); // passes
   * }</pre>
   */
  public QuotaAssert isWaiting() {
    isNotNull();
    return is(actual.isWaiting(), "waiting", "not: " + actual);
  }

  /**
   * That nothing waits for memory.
   *
   * <pre>{@code
   * assertThat(quota).isNotWaiting(); // passes
   * }</pre>
   */
  public QuotaAssert isNotWaiting() {
    isNotNull();
    return is(!actual.isWaiting(), "waited for by nobody", "by " + actual.waiters());
  }

  /**
   * That what waits at the front waits for so many bytes.
   *
   * <pre>{@code
   * assertThat(quota).isWaiting().forBytes(1_442); // passes
   * assertThat(quota).isWaiting().forBytes(1_400); // fails: a frame has headers
   * }</pre>
   */
  public QuotaAssert forBytes(long bytes) {
    return verify(
        () -> {
          Waiter first = first();
          return first != null && first.amount() == bytes
              ? null
              : new ShouldBe(
                  subject(),
                  "waiting for " + bytes + " bytes",
                  first == null ? "not waiting: " + actual : "waiting for " + first.amount(),
                  evidence(),
                  about());
        });
  }

  /**
   * That so many bytes are in use.
   *
   * <pre>{@code
   * assertThat(quota).hasUsed(2_884); // passes
   * }</pre>
   */
  public QuotaAssert hasUsed(long bytes) {
    return has("bytes in use", bytes, Quota::used);
  }

  /**
   * That so many bytes are free.
   *
   * <pre>{@code
   * assertThat(quota).hasFree(116); // passes
   * }</pre>
   */
  public QuotaAssert hasFree(long bytes) {
    return has("bytes free", bytes, Quota::free);
  }

  /**
   * That this is its limit.
   *
   * <pre>{@code
   * assertThat(quota).hasLimit(3_000); // passes
   * }</pre>
   */
  public QuotaAssert hasLimit(long bytes) {
    return has("bytes as its limit", bytes, Quota::limit);
  }

  /**
   * That so many packets and blocks use memory of it.
   *
   * <pre>{@code
   * assertThat(quota).hasLive(2); // passes
   * }</pre>
   */
  public QuotaAssert hasLive(int packetsAndBlocks) {
    return has("packets and blocks in memory", packetsAndBlocks, Quota::live);
  }

  /**
   * That so many requests wait; of each ring only the first packet counts.
   *
   * <pre>{@code
   * assertThat(quota).hasWaiters(1); // passes
   * }</pre>
   */
  public QuotaAssert hasWaiters(int number) {
    return has("waiters", number, quota -> quota.waiters().size());
  }

  /**
   * That never more than so many bytes were in use.
   *
   * <pre>{@code
   * assertThat(quota).hasNeverUsedMoreThan(3_000); // passes
   * }</pre>
   */
  public QuotaAssert hasNeverUsedMoreThan(long bytes) {
    return verify(
        () -> {
          long highest = actual.highestUsed();
          return highest <= bytes
              ? null
              : new ShouldHave(
                  subject(),
                  "never more than " + bytes + " bytes in use",
                  "had " + highest,
                  evidence(),
                  about());
        });
  }
}
