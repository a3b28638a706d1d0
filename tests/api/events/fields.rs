//! The fields of each event.

use std::collections::HashMap;
use std::time::UNIX_EPOCH;

use super::*;

#[test]
fn sns() {
    let event = json!({"Records": [{"EventSource": "aws:sns", "extra": 1, "Sns": {
        "Message": "hello", "Subject": null, "TopicArn": "arn:aws:sns:eu-west-1:1:t", "unknown": {},
        "MessageAttributes": {"a": {"Type": "String", "Value": "1"}}
    }}]});
    let event = SnsEvent::from_value(event, context()).unwrap();
    assert_eq!((event.kind(), event.context().request_id.as_str()), (Kind::Sns, "r-1"));
    assert!(event.original().get().contains("unknown"));
    let SnsEvent { message, subject, message_attributes, topic_arn, context, .. } = event;
    assert_eq!((message.as_str(), subject, topic_arn.as_str()), ("hello", None, "arn:aws:sns:eu-west-1:1:t"));
    assert_eq!(message_attributes["a"]["Value"], "1");
    assert!(context.remaining_time() > Duration::from_secs(30));
}

#[test]
fn s3() {
    let event = json!({"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": {
        "bucket": {"name": "b"}, "object": {"key": "a+b%2Fc/%E4%BD%A0.txt", "size": 5_000_000_000_u64, "eTag": "e"}
    }}]});
    let event = S3Event::from_value(event, context()).unwrap();
    let size: Option<u64> = event.size;
    assert_eq!(
        (event.bucket, event.key, event.event_name),
        ("b".into(), "a b/c/你.txt".into(), "ObjectCreated:Put".into())
    );
    assert_eq!((size, event.etag, event.version_id), (Some(5_000_000_000), Some("e".into()), None));
}

#[test]
fn sqs() {
    let event = json!({"Records": [
        {"messageId": "1", "receiptHandle": "r", "body": "one", "attributes": {"x": "y"}, "messageAttributes": {}, "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:eu-west-1:1:q"},
        {"messageId": "2", "body": "two", "attributes": null}
    ]});
    let event = SqsEvent::from_value(event, context()).unwrap();
    let mut bodies = Vec::new();
    for record in &event {
        bodies.push(record.body.as_str());
    }
    assert_eq!(bodies, ["one", "two"]);
    assert_eq!(event.iter().count(), 2);
    assert_eq!(event.records[0].attributes["x"], "y");
    let first = event.into_iter().next().unwrap();
    assert_eq!(
        (first.message_id, first.receipt_handle, first.event_source_arn),
        ("1".into(), "r".into(), "arn:aws:sqs:eu-west-1:1:q".into())
    );
    let mut record = SqsRecord::default();
    record.body = "b".to_owned();
    record.attributes = json!({"MessageGroupId": "g"});
    let message = SqsMessage { body: 7_u8, record: record.clone() };
    assert_eq!((message.body, message.record.body), (7, "b".to_owned()));
    let mut event = SqsEvent::default();
    event.records.push(record);
    assert_eq!(event.clone().records.len(), 1);
}

#[test]
fn cloudwatch() {
    let event = json!({"version": "0", "id": "i", "detail-type": "T", "source": "s", "account": "1", "time": "2026-01-01T00:00:00Z", "region": "r", "resources": ["a"], "detail": {"x": 1}});
    let event = CloudWatchEvent::from_value(event, context()).unwrap();
    assert_eq!(event.kind(), Kind::CloudWatch);
    let texts = [
        event.version,
        event.account,
        event.region,
        event.detail_type,
        event.source,
        event.time,
        event.event_id,
    ];
    assert_eq!(texts, ["0", "1", "r", "T", "s", "2026-01-01T00:00:00Z", "i"]);
    assert_eq!((event.detail, event.resources), (json!({"x": 1}), vec!["a".to_owned()]));
    for (source, kind) in
        [("aws.events", Kind::Scheduled), ("aws.scheduler", Kind::Scheduled), ("x", Kind::CloudWatch)]
    {
        let event = json!({"detail-type": "Scheduled Event", "source": source, "detail": {}});
        assert_eq!(CloudWatchEvent::from_value(event, context()).unwrap().kind(), kind);
    }
}

#[test]
fn kinesis() {
    let event = json!({"Records": [{"eventSource": "aws:kinesis", "eventSourceARN": "arn:aws:kinesis:r:1:stream/s", "kinesis": {
        "data": "aGVsbG8=", "sequenceNumber": "49", "partitionKey": "p", "kinesisSchemaVersion": "1.0", "approximateArrivalTimestamp": 1545084650.987
    }}]});
    let event = KinesisEvent::from_value(event, context()).unwrap();
    let record = &event.records[0];
    assert_eq!((record.data.as_ref(), record.sequence_number.as_str()), (b"hello".as_slice(), "49"));
    assert_eq!((record.partition_key.as_str(), record.schema_version.as_str()), ("p", "1.0"));
    assert_eq!(record.timestamp, UNIX_EPOCH + Duration::from_millis(1_545_084_650_987));
    let mut record = KinesisRecord::default();
    record.data = Bytes::from_static(b"x");
    let message = KinesisMessage { body: "x".to_owned(), record };
    assert_eq!(message.body.as_bytes(), message.record.data);
    let bad = json!({"Records": [{"eventSource": "aws:kinesis", "kinesis": {"data": "sec ret"}}]});
    let text = KinesisEvent::from_value(bad, context()).unwrap_err().to_string();
    assert!(text.contains("base64") && text.contains("data") && !text.contains("sec ret"), "{text}");
}

#[test]
fn dynamodb() {
    let arn = "arn:aws:dynamodb:r:1:table/orders/stream/2026-01-01T00:00:00.000";
    let event = json!({"Records": [{"eventID": "e", "eventName": "MODIFY", "eventSource": "aws:dynamodb", "awsRegion": "r", "eventSourceARN": arn, "dynamodb": {
        "ApproximateCreationDateTime": 1479499740, "Keys": {"id": {"N": "1"}}, "NewImage": {"id": {"N": "1"}}, "OldImage": null, "SequenceNumber": "7", "SizeBytes": 26, "StreamViewType": "NEW_IMAGE"
    }}]});
    let event = DynamoDbEvent::from_value(event, context()).unwrap();
    let record = event.records.into_iter().next().unwrap();
    assert_eq!(record.table_name(), "orders");
    let size: u64 = record.size_bytes;
    assert_eq!(
        (record.event_name, record.event_id, record.aws_region, record.sequence_number),
        ("MODIFY".into(), "e".into(), "r".into(), "7".into())
    );
    assert_eq!(
        (size, record.stream_view_type, record.event_source_arn),
        (26, "NEW_IMAGE".into(), arn.into())
    );
    assert_eq!(
        (record.keys, record.new_image, record.old_image),
        (json!({"id": {"N": "1"}}), Some(json!({"id": {"N": "1"}})), None)
    );
    assert_eq!(record.timestamp, UNIX_EPOCH + Duration::from_secs(1_479_499_740));
    let mut record = DynamoDbRecord::default();
    record.event_source_arn = "arn:aws:dynamodb:r:1:table/x/stream/s".to_owned();
    assert_eq!(record.table_name(), "x");
}

#[test]
fn websocket_lambda_and_auth() {
    let event = json!({"requestContext": {"connectionId": "c", "domainName": "d", "stage": "s", "routeKey": "$default", "eventType": "MESSAGE"}, "body": "{\"a\":1}", "isBase64Encoded": false});
    let event = WebsocketEvent::from_value(event, context()).unwrap();
    assert_eq!(event.json_body::<Value>().unwrap(), json!({"a": 1}));
    let error = event.json_body::<HashMap<String, bool>>().unwrap_err().to_string();
    assert!(error.contains("`a`: expected a boolean, found an integer"), "{error}");
    assert_eq!(
        [event.connection_id, event.domain_name, event.stage, event.route_key, event.body],
        ["c", "d", "s", "$default", "{\"a\":1}"]
    );
    let event = json!({"requestContext": {"connectionId": "c", "routeKey": "$connect", "eventType": "CONNECT"}, "body": null});
    assert_eq!(WebsocketEvent::from_value(event, context()).unwrap().body, "");
    let event = LambdaFunctionEvent::from_value(json!([1]), context()).unwrap();
    assert_eq!((event.kind(), &event.event), (Kind::PureLambda, &json!([1])));
    let (event, context) = (event.event, event.context);
    assert_eq!((event, context.function_name.as_str()), (json!([1]), "f"));
    let event = json!({"type": "TOKEN", "authorizationToken": "secret", "methodArn": "arn"});
    let event = AuthRequest::from_value(event, context).unwrap();
    assert!(!format!("{event:?}").contains("secret"));
    assert_eq!([event.auth_type, event.token, event.method_arn], ["TOKEN", "secret", "arn"]);
}

#[test]
fn any_event_is_made_from_json_as_well() {
    let event = AnyEvent::from_value(events::sns("t", "m").into(), context()).unwrap();
    assert_eq!((event.kind(), event.context().request_id.as_str()), (Kind::Sns, "r-1"));
    let AnyEvent::Sns(event) = event else { panic!("not sns") };
    assert_eq!(event.message, "m");
    let event = AnyEvent::from_value(json!({"x": 1}), context()).unwrap();
    assert!(matches!(event, AnyEvent::PureLambda(_)));
    let answer: AnyResponse = json!(1).into();
    assert!(matches!(answer, AnyResponse::Json(Value::Number(_))));
    assert!(matches!(AnyResponse::from(Response::new("x")), AnyResponse::Http(_)));
}
