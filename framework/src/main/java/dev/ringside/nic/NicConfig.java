// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.ring.PollingConfig;

/**
 * What kind of card a physical NIC is.
 *
 * <pre>{@code
 * NicConfig small = NicConfig.DEFAULT.withVirtualFunctions(4).withRingCapacity(16);
 * }</pre>
 *
 * @param receiveRings how many receive rings the host's group has, 1 to 128
 * @param functionReceiveRings how many receive rings each virtual function has, 1 to 16
 * @param ringCapacity how many packets each receive and transmit ring holds, at least 1
 * @param virtualFunctions how many virtual functions are enabled
 * @param maxVirtualFunctions how many virtual functions the card can enable, 0 to 256
 * @param maxFrameBytes the longest frame it receives or sends, VLAN tags not counted
 * @param polling the watermarks of its rings
 */
public record NicConfig(
    int receiveRings,
    int functionReceiveRings,
    int ringCapacity,
    int virtualFunctions,
    int maxVirtualFunctions,
    int maxFrameBytes,
    PollingConfig polling) {

  /** A 10-gigabit card: 4 host rings of 512 slots, up to 64 virtual functions, none enabled. */
  public static final NicConfig DEFAULT =
      new NicConfig(4, 1, 512, 0, 64, 9_014, PollingConfig.DEFAULT);

  /** Checks the ranges. */
  public NicConfig {
    check("receive rings", receiveRings, 1, 128);
    check("receive rings of a virtual function", functionReceiveRings, 1, 16);
    check("ring capacity", ringCapacity, 1, 1 << 20);
    check("virtual functions that the card can have", maxVirtualFunctions, 0, 256);
    check("maximum frame bytes", maxFrameBytes, 64, 65_535);
    if (virtualFunctions < 0 || virtualFunctions > maxVirtualFunctions) {
      throw new IllegalArgumentException(
          "number of virtual functions "
              + virtualFunctions
              + " is not in 0 to "
              + maxVirtualFunctions
              + ", which is all that the card can have");
    }
  }

  private static void check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "number of " + what + " " + value + " is not in " + least + " to " + most);
    }
  }

  /** The same card with so many virtual functions enabled. */
  public NicConfig withVirtualFunctions(int number) {
    return new NicConfig(
        receiveRings,
        functionReceiveRings,
        ringCapacity,
        number,
        maxVirtualFunctions,
        maxFrameBytes,
        polling);
  }

  /** The same card with rings of this many slots. */
  public NicConfig withRingCapacity(int slots) {
    return new NicConfig(
        receiveRings,
        functionReceiveRings,
        slots,
        virtualFunctions,
        maxVirtualFunctions,
        maxFrameBytes,
        polling);
  }

  /** The same card with so many receive rings for the host. */
  public NicConfig withReceiveRings(int rings) {
    return new NicConfig(
        rings,
        functionReceiveRings,
        ringCapacity,
        virtualFunctions,
        maxVirtualFunctions,
        maxFrameBytes,
        polling);
  }

  /** The same card with so many receive rings for each virtual function. */
  public NicConfig withFunctionReceiveRings(int rings) {
    return new NicConfig(
        receiveRings,
        rings,
        ringCapacity,
        virtualFunctions,
        maxVirtualFunctions,
        maxFrameBytes,
        polling);
  }

  /** The same card with other watermarks. */
  public NicConfig withPolling(PollingConfig newPolling) {
    return new NicConfig(
        receiveRings,
        functionReceiveRings,
        ringCapacity,
        virtualFunctions,
        maxVirtualFunctions,
        maxFrameBytes,
        newPolling);
  }
}
