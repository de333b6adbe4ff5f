/**
 * The client's own generated stubs, gathered in one place: they are CommonJS and set their exports at run time, so
 * that only the default import carries the values.
 */
import code from '@eventstore/db-client/generated/code_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

export { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
export { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
export { type IStreamsServer, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
export { code, features, gossip, shared, status, streams };
