// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import java.time.Duration;

/**
 * How a migration goes.
 *
 * <pre>{@code
 * MigrationConfig.DEFAULT.withCopyTime(Duration.ofMillis(50)).withBuffer(16)
 * }</pre>
 *
 * @param copyTime how long the virtual machine stands still while it is copied
 * @param buffer how many packets are kept for it meanwhile, 0 to 512
 * @param forward for so long after the move, what comes late to its former place is sent on
 * @param addresses how it finds the virtual router
 * @param routerAfterMove whether the virtual router is made after the move, not before it
 * @param routerDelay how long that takes
 * @param keepsWithoutRouter whether it stays on the target if no router can be made after the move;
 *     otherwise it moves back
 * @param aliasTime for so long the virtual router takes what is sent to the former gateway's MAC
 *     address; with zero that has no route
 * @param hostRoutes whether the router outside gets routes to it by the virtual router
 * @param proxyArp whether the virtual router answers ARP for those of its subnet elsewhere
 */
public record MigrationConfig(
    Duration copyTime,
    int buffer,
    Duration forward,
    AddressMode addresses,
    boolean routerAfterMove,
    Duration routerDelay,
    boolean keepsWithoutRouter,
    Duration aliasTime,
    boolean hostRoutes,
    boolean proxyArp) {

  /** The most packets that can be kept. */
  public static final int MAX_BUFFER = 512;

  /** No time, 512 packets, a forwarding time of 10 ms, TAKEOVER, the router before the move. */
  public static final MigrationConfig DEFAULT =
      new MigrationConfig(
          Duration.ZERO,
          MAX_BUFFER,
          Duration.ofMillis(10),
          AddressMode.TAKEOVER,
          false,
          Duration.ZERO,
          false,
          Duration.ofSeconds(1),
          false,
          false);

  /** Checks the numbers. */
  public MigrationConfig {
    if (buffer < 0 || buffer > MAX_BUFFER) {
      throw new IllegalArgumentException(
          "buffer of " + buffer + " packets is not in 0 to " + MAX_BUFFER);
    }
    check("copy time", copyTime);
    check("forwarding time", forward);
    check("time of the router", routerDelay);
    check("alias time", aliasTime);
  }

  private static void check(String what, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(what + " " + time + " of a migration is negative");
    }
  }

  /** With this time of standing still. */
  public MigrationConfig withCopyTime(Duration time) {
    return new MigrationConfig(
        time,
        buffer,
        forward,
        addresses,
        routerAfterMove,
        routerDelay,
        keepsWithoutRouter,
        aliasTime,
        hostRoutes,
        proxyArp);
  }

  /** With room for so many packets meanwhile. */
  public MigrationConfig withBuffer(int packets) {
    return new MigrationConfig(
        copyTime,
        packets,
        forward,
        addresses,
        routerAfterMove,
        routerDelay,
        keepsWithoutRouter,
        aliasTime,
        hostRoutes,
        proxyArp);
  }

  /** With this forwarding time. */
  public MigrationConfig withForward(Duration time) {
    return new MigrationConfig(
        copyTime,
        buffer,
        time,
        addresses,
        routerAfterMove,
        routerDelay,
        keepsWithoutRouter,
        aliasTime,
        hostRoutes,
        proxyArp);
  }

  /** With this way to find the virtual router. */
  public MigrationConfig withAddresses(AddressMode mode) {
    return new MigrationConfig(
        copyTime,
        buffer,
        forward,
        mode,
        routerAfterMove,
        routerDelay,
        keepsWithoutRouter,
        aliasTime,
        hostRoutes,
        proxyArp);
  }

  /**
   * With the virtual router made after the move, which takes so long: packets of that window have
   * no route.
   *
   * @param keeps whether the virtual machine stays on the target if no router can be made
   */
  public MigrationConfig withRouterAfterMove(Duration delay, boolean keeps) {
    return new MigrationConfig(
        copyTime, buffer, forward, addresses, true, delay, keeps, aliasTime, hostRoutes, proxyArp);
  }

  /** With this time for the former gateway's MAC address. */
  public MigrationConfig withAliasTime(Duration time) {
    return new MigrationConfig(
        copyTime,
        buffer,
        forward,
        addresses,
        routerAfterMove,
        routerDelay,
        keepsWithoutRouter,
        time,
        hostRoutes,
        proxyArp);
  }

  /** With routes to it at the router outside, or without. */
  public MigrationConfig withHostRoutes(boolean on) {
    return new MigrationConfig(
        copyTime,
        buffer,
        forward,
        addresses,
        routerAfterMove,
        routerDelay,
        keepsWithoutRouter,
        aliasTime,
        on,
        proxyArp);
  }

  /** With proxy ARP at the virtual router, or without. */
  public MigrationConfig withProxyArp(boolean on) {
    return new MigrationConfig(
        copyTime,
        buffer,
        forward,
        addresses,
        routerAfterMove,
        routerDelay,
        keepsWithoutRouter,
        aliasTime,
        hostRoutes,
        on);
  }
}
