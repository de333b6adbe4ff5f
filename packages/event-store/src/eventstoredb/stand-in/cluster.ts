import type { handleUnaryCall } from '@grpc/grpc-js';
import type { Faults } from './faults.ts';
import { features, gossip, shared } from './stubs.ts';

type Empty = InstanceType<typeof shared.Empty>;

const { LEADER, DISCOVERLEADER } = gossip.MemberInfo.VNodeState;

/** `Gossip.Read`: a cluster of one, whose leader this is. Clients that were given several hosts ask for it. */
export const serveGossip =
  (faults: Faults, port: () => number): handleUnaryCall<Empty, InstanceType<typeof gossip.ClusterInfo>> =>
  (_call, reply) => {
    const member = new gossip.MemberInfo()
      .setInstanceId(new shared.UUID().setString('00000000-0000-4000-8000-000000000000'))
      .setTimeStamp('0')
      .setState(faults.isElecting() ? DISCOVERLEADER : LEADER)
      .setIsAlive(true)
      .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port()));
    reply(null, new gossip.ClusterInfo().setMembersList([member]));
  };

/** `ServerFeatures.GetSupportedMethods`: what clients ask before they choose how to append. */
export const serveFeatures: handleUnaryCall<Empty, InstanceType<typeof features.SupportedMethods>> = (_call, reply) => {
  const method = (name: string): InstanceType<typeof features.SupportedMethod> =>
    new features.SupportedMethod().setServiceName('event_store.client.streams.Streams').setMethodName(name);
  const methods = ['read', 'append', 'batchappend'].map(method);
  reply(null, new features.SupportedMethods().setEventStoreServerVersion('23.10.0').setMethodsList(methods));
};
