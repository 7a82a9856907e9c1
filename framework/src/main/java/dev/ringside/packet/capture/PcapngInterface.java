// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

/** What a pcapng file says about one interface of a section. */
record PcapngInterface(int index, String name, int linkType, long snapLength, TimeUnits units) {

  /** Its number and, where the file gives one, its name. */
  String describe() {
    return "interface " + index + (name.isEmpty() ? "" : " '" + name + "'");
  }
}
