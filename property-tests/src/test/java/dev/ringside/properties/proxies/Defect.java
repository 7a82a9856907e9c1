// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.proxies;

/** What can be wrong with a run, so that each law can be seen to find it. */
enum Defect {
  NONE,
  /** One guest gives its address away to another. */
  ADDRESS_MOVED,
  /** One guest is in a VLAN of its own. */
  OTHER_VLAN,
  /** One guest was not told of another. */
  ANNOUNCEMENT_LOST,
  /** The same, where guests have no functions. */
  HOST_SWITCH,
  /** An announcement is lost while packets wait in the channel. */
  OVERTAKEN,
  /** Full channels drop. */
  CHANNELS_DROP,
  /** A guest sends to all under an address that nobody has. */
  SPOOFED_BROADCAST,
  /** What was sent is noted with other bytes. */
  BYTES_CHANGED,
  /** Channels are made smaller than what is in them. */
  SHRUNK,
  /** The tables are those from before the last guest went. */
  STALE_TABLES
}
