// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
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
 * @param standbyRings how many rings the card keeps for attacks that are contained, 0 to 16
 * @param standbyRingCapacity how many packets each of them holds, 0 or more
 * @param steeringEntries how many signatures of attacks its classifier has room for, 0 or more
 * @param polling the watermarks of its rings
 */
public record NicConfig(
    int receiveRings,
    int functionReceiveRings,
    int ringCapacity,
    int virtualFunctions,
    int maxVirtualFunctions,
    int maxFrameBytes,
    int standbyRings,
    int standbyRingCapacity,
    int steeringEntries,
    PollingConfig polling) {

  /**
   * A 10-gigabit card: 4 host rings and 1 standby ring of 512 slots, up to 64 virtual functions,
   * none enabled.
   */
  public static final NicConfig DEFAULT =
      new NicConfig(4, 1, 512, 0, 64, 9_014, 1, 512, 4_096, PollingConfig.DEFAULT);

  private static final int TAG_BYTES = 4;

  private static final int RECEIVE_RINGS = 0;
  private static final int FUNCTION_RECEIVE_RINGS = 1;
  private static final int RING_CAPACITY = 2;
  private static final int VIRTUAL_FUNCTIONS = 3;
  private static final int MAX_VIRTUAL_FUNCTIONS = 4;
  private static final int MAX_FRAME_BYTES = 5;
  private static final int STANDBY_RINGS = 6;
  private static final int STANDBY_RING_CAPACITY = 7;
  private static final int STEERING_ENTRIES = 8;

  /** Checks the ranges. */
  public NicConfig {
    check("number of receive rings", receiveRings, 1, 128);
    check("number of receive rings of a virtual function", functionReceiveRings, 1, 16);
    check("ring capacity", ringCapacity, 1, 1 << 20);
    check("number of virtual functions that the card can have", maxVirtualFunctions, 0, 256);
    check("maximum frame length", maxFrameBytes, 64, 65_535);
    check("number of standby rings", standbyRings, 0, 16);
    check("standby ring capacity", standbyRingCapacity, 0, 1 << 20);
    check("number of signatures", steeringEntries, 0, 1 << 20);
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
          what + " " + value + " is not in " + least + " to " + most);
    }
  }

  /** Whether a frame is too long to be received or sent. */
  boolean isTooLong(Packet packet) {
    return packet.length() > maxFrameBytes + TAG_BYTES * packet.vlanTagCount();
  }

  /** The same card with so many virtual functions enabled. */
  public NicConfig withVirtualFunctions(int number) {
    return with(VIRTUAL_FUNCTIONS, number);
  }

  /** The same card that can have so many virtual functions. */
  public NicConfig withMaxVirtualFunctions(int number) {
    return with(MAX_VIRTUAL_FUNCTIONS, number);
  }

  /** The same card with rings of this many slots. */
  public NicConfig withRingCapacity(int slots) {
    return with(RING_CAPACITY, slots);
  }

  /** The same card with so many receive rings for the host. */
  public NicConfig withReceiveRings(int rings) {
    return with(RECEIVE_RINGS, rings);
  }

  /** The same card with so many receive rings for each virtual function. */
  public NicConfig withFunctionReceiveRings(int rings) {
    return with(FUNCTION_RECEIVE_RINGS, rings);
  }

  /** The same card for frames up to this length, VLAN tags not counted. */
  public NicConfig withMaxFrameBytes(int bytes) {
    return with(MAX_FRAME_BYTES, bytes);
  }

  /** The same card with so many standby rings. */
  public NicConfig withStandbyRings(int rings) {
    return with(STANDBY_RINGS, rings);
  }

  /** The same card with standby rings of this many slots. */
  public NicConfig withStandbyRingCapacity(int slots) {
    return with(STANDBY_RING_CAPACITY, slots);
  }

  /** The same card whose classifier has room for so many signatures of attacks. */
  public NicConfig withSteeringEntries(int entries) {
    return with(STEERING_ENTRIES, entries);
  }

  /** The same card with other watermarks. */
  public NicConfig withPolling(PollingConfig newPolling) {
    return of(numbers(), newPolling);
  }

  private NicConfig with(int which, int value) {
    int[] numbers = numbers();
    numbers[which] = value;
    return of(numbers, polling);
  }

  /** All components but the last, in their order, so that one of them can be replaced by place. */
  private int[] numbers() {
    return new int[] {
      receiveRings,
      functionReceiveRings,
      ringCapacity,
      virtualFunctions,
      maxVirtualFunctions,
      maxFrameBytes,
      standbyRings,
      standbyRingCapacity,
      steeringEntries
    };
  }

  private static NicConfig of(int[] numbers, PollingConfig polling) {
    return new NicConfig(
        numbers[RECEIVE_RINGS],
        numbers[FUNCTION_RECEIVE_RINGS],
        numbers[RING_CAPACITY],
        numbers[VIRTUAL_FUNCTIONS],
        numbers[MAX_VIRTUAL_FUNCTIONS],
        numbers[MAX_FRAME_BYTES],
        numbers[STANDBY_RINGS],
        numbers[STANDBY_RING_CAPACITY],
        numbers[STEERING_ENTRIES],
        polling);
  }
}
