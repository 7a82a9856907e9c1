// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;
import dev.ringside.ring.PollingConfig;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.world.World;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * NicParts.of(world);
 * }</pre>
 */
public class NicParts {

  private static final NicParts PLAIN = new NicParts();

  NicParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static NicParts of(World world) {
    return world.parts(NicParts.class, PLAIN);
  }

  /** A physical NIC. */
  public PhysicalNic physicalNic(
      World world, String host, String name, String label, MacAddress mac, NicConfig config) {
    return new PhysicalNic(world, host, name, label, mac, config);
  }

  /** A virtual function. */
  VirtualFunction virtualFunction(World world, PhysicalNic nic, int index, NicConfig config) {
    return new VirtualFunction(world, nic, index, config);
  }

  /** The classifier on a card. */
  HardwareClassifier hardwareClassifier(PhysicalNic nic) {
    return new HardwareClassifier(nic);
  }

  /** A receive ring. */
  ReceiveRing receiveRing(
      World world,
      Account account,
      String name,
      int capacity,
      PollingConfig polling,
      Receiver owner) {
    return new ReceiveRing(world, account, name, capacity, polling, owner);
  }

  /** A standby ring. */
  StandbyRing standbyRing(World world, Account account, NicConfig config) {
    return new StandbyRing(world, account, config);
  }

  /** A transmit ring. */
  TransmitRing transmitRing(World world, String place, int capacity, RingGroup owner) {
    return new TransmitRing(world, place, capacity, owner);
  }
}
