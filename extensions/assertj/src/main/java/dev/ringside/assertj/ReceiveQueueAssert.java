// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.ring.Waiter;
import dev.ringside.transfer.ReceiveQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about the buffers that a node has posted.
 *
 * <pre>{@code
 * assertThat(lab.transfers().receiveQueue(db)).hasCredits(0).isAwaitedBy("web>db");
 * }</pre>
 */
public class ReceiveQueueAssert extends AbstractRingsideAssert<ReceiveQueueAssert, ReceiveQueue> {

  /** Assertions about this one. */
  public ReceiveQueueAssert(@Nullable ReceiveQueue actual) {
    super(actual, ReceiveQueueAssert.class);
  }

  @Override
  protected String subject() {
    return "receive queue of " + actual.owner();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  /**
   * That so many buffers are free for chunks.
   *
   * <pre>{@code
   * assertThat(buffers).hasCredits(16); // passes
   * }</pre>
   */
  public ReceiveQueueAssert hasCredits(int buffers) {
    isNotNull();
    int found = actual.credits();
    return verify(
        () ->
            found == buffers
                ? null
                : new ShouldHave(
                    subject(), buffers + " credits", String.valueOf(found), evidence()));
  }

  /**
   * That this hop waits for a buffer.
   *
   * <pre>{@code
   * assertThat(buffers).isAwaitedBy("web>db"); // passes
   * }</pre>
   */
  public ReceiveQueueAssert isAwaitedBy(String hop) {
    isNotNull();
    List<Waiter> waiters = actual.waiters();
    boolean waits = false;
    for (Waiter waiter : waiters) {
      waits |= waiter.owner().equals(hop);
    }
    return is("awaited by " + hop, "awaited by " + text(waiters), waits);
  }

  /**
   * That nobody waits for a buffer.
   *
   * <pre>{@code
   * assertThat(buffers).isNotAwaited(); // passes
   * }</pre>
   */
  public ReceiveQueueAssert isNotAwaited() {
    isNotNull();
    List<Waiter> waiters = actual.waiters();
    return is("awaited by nobody", "awaited by " + text(waiters), waiters.isEmpty());
  }

  private ReceiveQueueAssert is(String wanted, String found, boolean holds) {
    return verify(() -> holds ? null : new ShouldBe(subject(), wanted, found, evidence()));
  }

  private static String text(List<Waiter> waiters) {
    return waiters.isEmpty() ? "nobody" : waiters.toString();
  }
}
