// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.Account;
import dev.ringside.virt.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a channel between two virtual machines.
 *
 * <pre>{@code
 * assertThat(host.proxies().channel("web", "db")).isFull().isAwaitedBy("web/net0");
 * }</pre>
 */
public class ChannelAssert extends AbstractDropperAssert<ChannelAssert, Channel> {

  /** Assertions about this one. */
  public ChannelAssert(@Nullable Channel actual) {
    super(actual, ChannelAssert.class);
  }

  @Override
  protected Account account() {
    return actual.account();
  }

  @Override
  protected String subject() {
    return "channel " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  private ChannelAssert has(String wanted, boolean holds) {
    return verify(
        () ->
            holds
                ? null
                : new ShouldHave(
                    subject(),
                    wanted,
                    actual.size() + " of " + actual.capacity() + " slots in use",
                    evidence(),
                    subject()));
  }

  private ChannelAssert is(String wanted, String found, boolean holds) {
    return verify(
        () -> holds ? null : new ShouldBe(subject(), wanted, found, evidence(), subject()));
  }

  /**
   * That no packet is in it.
   *
   * <pre>{@code
   * assertThat(channel).isEmpty(); // passes
   * // db is paused, and web has sent
   * assertThat(channel).isEmpty(); // fails
   * }</pre>
   */
  public ChannelAssert isEmpty() {
    isNotNull();
    return has("no slot in use", actual.size() == 0);
  }

  /**
   * That it has no room for another packet.
   *
   * <pre>{@code
   * assertThat(channel).isFull(); // fails
   * // db is paused, and web has sent as many packets as it holds
   * assertThat(channel).isFull(); // passes
   * }</pre>
   */
  public ChannelAssert isFull() {
    isNotNull();
    return has("all slots in use", actual.size() >= actual.capacity());
  }

  /**
   * That so many packets are in it.
   *
   * <pre>{@code
   * assertThat(channel).hasSize(2); // passes
   * }</pre>
   */
  public ChannelAssert hasSize(int packets) {
    isNotNull();
    return has(packets + " slots in use", actual.size() == packets);
  }

  /**
   * That never more packets than this were in it.
   *
   * <pre>{@code
   * assertThat(channel).hasNeverHeldMoreThan(4); // passes
   * }</pre>
   */
  public ChannelAssert hasNeverHeldMoreThan(int packets) {
    return verify(
        () -> {
          int highest = actual.highestSize();
          return highest <= packets
              ? null
              : new ShouldHave(
                  subject(),
                  "never more than " + packets + " slots in use",
                  "had " + highest,
                  evidence(),
                  subject());
        });
  }

  /**
   * That so many packets have passed it.
   *
   * <pre>{@code
   * assertThat(channel).carried(3); // passes
   * }</pre>
   */
  public ChannelAssert carried(long packets) {
    return verifyCount("carried", packets, () -> actual.account().sent());
  }

  /**
   * That this sender waits for room in it.
   *
   * <pre>{@code
   * assertThat(channel).isAwaitedBy("web/net0"); // passes
   * assertThat(channel).isAwaitedBy("app/net0"); // fails
   * }</pre>
   */
  public ChannelAssert isAwaitedBy(String sender) {
    isNotNull();
    List<Waiter> waiters = actual.waiters();
    boolean waits = false;
    for (Waiter waiter : waiters) {
      waits |= waiter.owner().equals(sender);
    }
    return is("awaited by " + sender, "awaited by " + text(waiters), waits);
  }

  /**
   * That nobody waits for room in it.
   *
   * <pre>{@code
   * assertThat(channel).isNotAwaited(); // passes
   * }</pre>
   */
  public ChannelAssert isNotAwaited() {
    isNotNull();
    List<Waiter> waiters = actual.waiters();
    return is("awaited by nobody", "awaited by " + text(waiters), waiters.isEmpty());
  }

  private static String text(List<Waiter> waiters) {
    return waiters.isEmpty() ? "nobody" : waiters.toString();
  }

  /**
   * That one of its virtual machines is gone.
   *
   * <pre>{@code
   * host.removeVm("db");
   * assertThat(channel).isClosed(); // passes
   * }</pre>
   */
  public ChannelAssert isClosed() {
    isNotNull();
    return is("closed", "open", actual.isClosed());
  }

  /**
   * That both of its virtual machines are there.
   *
   * <pre>{@code
   * assertThat(channel).isOpen(); // passes
   * }</pre>
   */
  public ChannelAssert isOpen() {
    isNotNull();
    return is("open", "closed", !actual.isClosed());
  }
}
