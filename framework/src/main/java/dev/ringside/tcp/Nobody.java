// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import dev.ringside.packet.Packet;

/**
 * Whom a closed connection belongs to: its port stays open for a minute of virtual time, and must
 * not keep the message for as long.
 */
final class Nobody implements TcpSource, TcpSink {

  static final Nobody INSTANCE = new Nobody();

  private static final byte[] NOTHING = {};

  private Nobody() {}

  @Override
  public byte[] bytes() {
    return NOTHING;
  }

  @Override
  public int base() {
    return 0;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public int size() {
    return 0;
  }

  @Override
  public boolean mayBegin() {
    return false;
  }

  @Override
  public void sent(int bytes, boolean again) {}

  @Override
  public void acknowledged(int place) {}

  @Override
  public void completed() {}

  @Override
  public void failed(String why) {}

  @Override
  public void take(int place, Packet segment, int skip, int count) {}

  @Override
  public void advanced(int place) {}

  @Override
  public void reset(String why) {}
}
