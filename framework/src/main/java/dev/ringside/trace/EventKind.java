// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

/**
 * What can happen besides packets moving: the journal's vocabulary.
 *
 * <pre>{@code
 * lab.journal().events(EventKind.FUNCTION_MAPPED)
 * }</pre>
 */
public enum EventKind {
  /** A link came up: device. */
  LINK_UP("link up"),
  /** A link went down: device. */
  LINK_DOWN("link down"),
  /** A physical NIC failed: PNIC. */
  PNIC_FAILED("pnic failed"),
  /** A physical NIC was repaired: PNIC. */
  PNIC_REPAIRED("pnic repaired"),
  /** The aggregator noticed that a PNIC is unusable: PNIC. */
  FAILURE_DETECTED("failure detected"),
  /** The aggregator noticed that a PNIC is usable again: PNIC. */
  REPAIR_DETECTED("repair detected"),
  /** A virtual function was bound to a virtual machine: VM, PNIC. */
  FUNCTION_MAPPED("function mapped"),
  /** A virtual function was taken from a virtual machine: VM, PNIC. */
  FUNCTION_UNMAPPED("function unmapped"),
  /** There was no free virtual function: VM, PNIC. */
  FUNCTION_MISSING("no free function"),
  /** The aggregator has chosen the next PNIC: PNIC. */
  STANDBY_CHOSEN("standby chosen"),
  /** There is no PNIC to choose: aggregator. */
  NO_STANDBY("no standby"),
  /** A PNIC may send and receive for the aggregation: PNIC. */
  PNIC_ACTIVATED("pnic activated"),
  /** A PNIC may do so no longer: PNIC. */
  PNIC_DEACTIVATED("pnic deactivated"),
  /** A port heard its partner, or no longer (LACP): PNIC, state. */
  LACP_PARTNER("lacp partner"),
  /** A port came nearer to carrying traffic, or went further from it (LACP): PNIC, state. */
  LACP_PORT("lacp port"),
  /** One end of a link has come into no aggregate for 60 s (LACP): PNIC, end. */
  LACP_CHURN("lacp churn"),
  /** A PNIC entered the list that somebody's connections are spread over: owner, PNIC. */
  PORT_JOINED("port joined"),
  /** A PNIC left the list that somebody's connections are spread over: owner, PNIC. */
  PORT_LEFT("port left"),
  /** The first packet of a connection was given to a PNIC: owner, PNIC. */
  CONNECTION_PLACED("connection placed"),
  /** A connection was given to another PNIC, as its own has left the list: owner, PNIC. */
  CONNECTION_MOVED("connection moved"),
  /** Addresses were announced to the external network: VM, PNIC. */
  ANNOUNCED("announced"),
  /** A virtual machine has left a host for another one: VM, host. */
  MOVED("moved"),
  /** A migration has come to a phase: VM. */
  MIGRATION_PHASE("migration phase"),
  /** A migration is over: VM, how. */
  MIGRATION_ENDED("migration ended"),
  /** A chassis has noted where a virtual machine is: VM, blade. */
  LOCATED("located"),
  /** The proxies of a virtual machine know an address of another one: VM, address, owner. */
  PROXY_ANNOUNCED("proxy announced"),
  /** The proxies of a virtual machine no longer know an address of another: VM, address, owner. */
  PROXY_WITHDRAWN("proxy withdrawn"),
  /** Held packets were sent on: how many. */
  HOLD_QUEUE_FLUSHED("hold queue flushed"),
  /** Held packets were dropped: how many. */
  HOLD_QUEUE_DROPPED("hold queue dropped"),
  /** The rule of a monitor was put on a card: monitor, PNIC. */
  MONITOR_INSTALLED("monitor installed"),
  /** The rule of a monitor was taken off a card: monitor, PNIC. */
  MONITOR_REMOVED("monitor removed"),
  /** The application of a monitor has crashed: monitor. */
  MONITOR_DIED("monitor died"),
  /** A packet or request waits: resource, amount. */
  REQUEST_WAITS("request waits"),
  /** What has waited was granted: resource, amount. */
  REQUEST_GRANTED("request granted"),
  /** What has waited never will be granted: resource, amount. */
  REQUEST_CANCELLED("request cancelled"),
  /** A virtual NIC changed its path: VM, path. */
  PATH_CHANGED("path changed"),
  /** An attack is contained in a standby ring: signature, PNIC. */
  CONTAINMENT_INSTALLED("containment installed"),
  /** An attack is contained in software, as no standby ring is free: signature, PNIC. */
  CONTAINMENT_DEGRADED("containment degraded"),
  /** An attack is contained no longer: signature, PNIC. */
  CONTAINMENT_REMOVED("containment removed"),
  /** An attack that was detected could not be contained: signature. */
  CONTAINMENT_REFUSED("containment refused"),
  /** A detector found an attack: detector, signature. */
  ATTACK_DETECTED("attack detected"),
  /** A ring changed between interrupt and poll mode: ring, mode. */
  RING_MODE("ring mode"),
  /** A message is to go along a path: path, bytes. */
  TRANSFER_STARTED("transfer started"),
  /** A hop of a transfer goes by a protocol from now on: hop, protocol, media. */
  PROTOCOL_CHOSEN("protocol chosen"),
  /** All bytes of a message are there: path, bytes. */
  TRANSFER_DELIVERED("transfer delivered"),
  /** A message will not arrive, or not all of it: path, why. */
  TRANSFER_FAILED("transfer failed"),
  /** A setting of a device was changed by the test: device, setting. */
  CONFIGURED("configured"),
  /** An operation of the user's own code or a hook failed: where, what. */
  OPERATION_FAILED("operation failed"),
  /** A fault that the test has planned has happened: point, effect. */
  FAULT_FIRED("fault fired"),
  /** Something came into being: what. */
  CREATED("created"),
  /** Something ceased to be: what. */
  REMOVED("removed"),
  /** A note by the test: text. */
  NOTE("note");

  private final String text;

  EventKind(String text) {
    this.text = text;
  }

  /** The words that the journal uses. */
  public String text() {
    return text;
  }
}
