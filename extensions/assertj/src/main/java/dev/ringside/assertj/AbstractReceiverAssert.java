// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Arrivals;
import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldHaveReceived;
import dev.ringside.assertj.error.ShouldHaveReceivedCount;
import dev.ringside.assertj.error.ShouldHaveReceivedInOrder;
import dev.ringside.assertj.error.ShouldNotHaveReceived;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about what somebody has received and not yet taken out of the inbox, packet by packet.
 *
 * <pre>{@code
 * assertThat(web).received(udp().port(54)); // fails
 * assertThat(web).received(udp().port(53)).received(icmp(), 2).andNothingElse();
 * }</pre>
 *
 * <p>ARP and neighbour discovery do not count: the stack settles them by itself.
 *
 * @param <SELF> the type of the assertions themselves
 * @param <ACTUAL> the type of the receiver
 */
public abstract class AbstractReceiverAssert<
        SELF extends AbstractReceiverAssert<SELF, ACTUAL>, ACTUAL>
    extends AbstractRingsideAssert<SELF, ACTUAL> {
  /** Packets that the sentence has spoken of so far. */
  private final Set<Packet> spokenOf = new LinkedHashSet<>();

  /** Assertions about this receiver. */
  protected AbstractReceiverAssert(@Nullable ACTUAL actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /** What has arrived and was not taken out, oldest first. */
  protected abstract List<Packet> packets();

  /** What the devices of its lab share. */
  protected abstract World world();

  @Override
  protected abstract String subject();

  /** The receiver's addresses, null if they are not known. */
  protected abstract @Nullable Endpoint endpoint();

  @Override
  protected Evidence evidence() {
    return Evidence.of(world());
  }

  private Arrivals arrivals() {
    return new Arrivals(subject(), packets(), endpoint(), evidence());
  }

  /**
   * That at least one such packet has arrived.
   *
   * <pre>{@code
   * assertThat(web).received(udp().port(53)); // passes
   * }</pre>
   */
  public SELF received(PacketSpec wanted) {
    return verify(
        () -> {
          Arrivals arrivals = arrivals();
          List<Packet> found = arrivals.like(wanted);
          spokenOf.addAll(found);
          return found.isEmpty() ? new ShouldHaveReceived(arrivals, wanted) : null;
        });
  }

  /**
   * That exactly so many such packets have arrived.
   *
   * <pre>{@code
   * assertThat(web).received(udp().port(53), 3); // passes
   * assertThat(web).received(udp().port(53), 4); // fails
   * }</pre>
   */
  public SELF received(PacketSpec wanted, int times) {
    return verify(
        () -> {
          Arrivals arrivals = arrivals();
          List<Packet> found = arrivals.like(wanted);
          spokenOf.addAll(found);
          return found.size() == times ? null : new ShouldHaveReceived(arrivals, wanted, times);
        });
  }

  /**
   * That exactly so many packets have arrived, whatever they are.
   *
   * <pre>{@code
   * assertThat(web).received(3); // passes
   * assertThat(web).received(4); // fails
   * }</pre>
   */
  public SELF received(int packets) {
    return verify(
        () -> {
          Arrivals arrivals = arrivals();
          spokenOf.addAll(arrivals.packets());
          return arrivals.packets().size() == packets
              ? null
              : new ShouldHaveReceivedCount(arrivals, packets);
        });
  }

  /**
   * That such packets have arrived in this order, others before, between and after them or not.
   *
   * <pre>{@code
   * assertThat(web).receivedInOrder(udp().port(53), udp().port(54)); // passes
   * assertThat(web).receivedInOrder(udp().port(54), udp().port(53)); // fails
   * }</pre>
   *
   * <p>{@link #andNothingElse} then allows just one packet for each.
   */
  public SELF receivedInOrder(PacketSpec... wanted) {
    return verify(
        () -> {
          Arrivals arrivals = arrivals();
          int found = 0;
          for (Packet packet : arrivals.packets()) {
            if (found < wanted.length && wanted[found].matches(packet)) {
              spokenOf.add(packet);
              found++;
            }
          }
          return found == wanted.length
              ? null
              : new ShouldHaveReceivedInOrder(arrivals, List.of(wanted), found);
        });
  }

  /**
   * That nothing has arrived but the packets that the sentence has spoken of.
   *
   * <pre>{@code
   * assertThat(web).received(udp().port(53)).andNothingElse(); // passes
   * // a ping came too
   * assertThat(web).received(udp().port(53)).andNothingElse(); // fails
   * }</pre>
   */
  public SELF andNothingElse() {
    return verify(
        () -> {
          Arrivals arrivals = arrivals();
          List<Packet> others = new ArrayList<>(arrivals.packets());
          others.removeIf(spokenOf::contains);
          return others.isEmpty() ? null : ShouldNotHaveReceived.nothingElse(arrivals, others);
        });
  }

  /**
   * That nothing has arrived. Nothing is still to come either, unless time moves on.
   *
   * <pre>{@code
   * assertThat(db).receivedNothing(); // passes
   * assertThat(web).receivedNothing(); // fails
   * }</pre>
   */
  public SELF receivedNothing() {
    return verify(
        () -> {
          Arrivals arrivals = arrivals();
          return arrivals.packets().isEmpty() ? null : ShouldNotHaveReceived.nothing(arrivals);
        });
  }

  /**
   * That no such packet has arrived.
   *
   * <pre>{@code
   * assertThat(web).neverReceived(tcp()); // passes
   * assertThat(web).neverReceived(udp()); // fails
   * }</pre>
   */
  public SELF neverReceived(PacketSpec unwanted) {
    return verify(
        () -> {
          Arrivals arrivals = arrivals();
          return arrivals.like(unwanted).isEmpty()
              ? null
              : ShouldNotHaveReceived.like(arrivals, unwanted);
        });
  }
}
