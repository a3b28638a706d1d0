//! Tests that the builders' events are classified, read and written as AWS's are.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::*;
use crate::context::Context;
use crate::error::Result;
use crate::event::classify::classify;
use crate::event::*;
use crate::kind::Kind;

fn kind(event: impl Into<Value>) -> Option<Kind> {
    classify(event.into().to_string().as_bytes()).ok()?.kind
}

fn read<E: Event>(event: impl Into<Value>) -> Result<E> {
    E::from_value(event.into(), Context::default())
}

fn fault<E: Event>(event: Value) -> String {
    read::<E>(event).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn every_kind_is_told_by_its_marker_keys() {
    assert_eq!(kind(sns("t", "m")), Some(Kind::Sns));
    assert_eq!(kind(sqs("q", ["m"])), Some(Kind::Sqs));
    assert_eq!(kind(s3("b", "k")), Some(Kind::S3));
    assert_eq!(kind(kinesis("s", ["d"])), Some(Kind::Kinesis));
    assert_eq!(kind(dynamodb("t", [insert(json!({"id": 1}))])), Some(Kind::DynamoDb));
    assert_eq!(kind(cloudwatch("aws.ec2", "t", json!({}))), Some(Kind::CloudWatch));
    assert_eq!(kind(cloudwatch("aws.events", "t", json!({}))), Some(Kind::CloudWatch));
    assert_eq!(kind(scheduled("r")), Some(Kind::Scheduled));
    assert_eq!(kind(scheduled("r").scheduler()), Some(Kind::Scheduled));
    assert_eq!(kind(websocket("$default", "c", "b")), Some(Kind::Websocket));
    assert_eq!(kind(websocket("$connect", "c", ())), Some(Kind::Websocket));
    assert_eq!(kind(http("GET", "/")), Some(Kind::Http));
    assert_eq!(kind(http("GET", "/").http_api_v1()), Some(Kind::Http));
    assert_eq!(kind(http("GET", "/").http_api()), Some(Kind::Http));
    assert_eq!(kind(http("GET", "/").function_url()), Some(Kind::Http));
    assert_eq!(kind(http("GET", "/").alb()), Some(Kind::Http));
}

#[test]
fn an_authorizer_of_requests_is_no_request_in_whatever_order_its_keys_are() {
    let context = json!({"http": {"method": "GET"}, "connectionId": null});
    let event = json!({"type": "REQUEST", "routeArn": "arn", "version": "2.0", "requestContext": context});
    assert_eq!(kind(event), Some(Kind::Authorizer));
    for text in [
        r#"{"httpMethod":"GET","path":"/","requestContext":{"elb":{}},"type":"REQUEST","methodArn":"arn"}"#,
        r#"{"methodArn":"arn","type":"TOKEN"}"#,
    ] {
        assert_eq!(
            classify(text.as_bytes()).ok().and_then(|classified| classified.kind),
            Some(Kind::Authorizer)
        );
    }
}

#[test]
fn small_events_written_by_hand_are_told_too() {
    assert_eq!(kind(json!({"httpMethod": "GET", "path": "/", "requestContext": null})), Some(Kind::Http));
    assert_eq!(kind(json!({"Records": [{"eventSource": "aws:sqs", "body": "x"}]})), Some(Kind::Sqs));
    assert_eq!(kind(json!({"Records": [{"s3": {}}]})), Some(Kind::S3));
    assert_eq!(kind(json!({"requestContext": {"http": {}}})), Some(Kind::Http));
}

#[test]
fn what_has_no_marker_keys_is_unknown() {
    for event in [
        json!({}),
        json!(null),
        json!([1]),
        json!("Records"),
        json!({"Records": []}),
        json!({"Records": "x"}),
        json!({"Records": [1]}),
        json!({"Records": [{"eventSource": "aws:ses"}]}),
        json!({"source": 1, "detail-type": "t"}),
        json!({"httpMethod": "GET"}),
        json!({"requestContext": "x"}),
        json!({"type": "x", "body": "y"}),
    ] {
        assert_eq!(kind(event.clone()), None, "{event}");
    }
}

#[test]
fn what_is_no_json_is_an_error_without_values() {
    for (text, fault) in [
        ("", "the event is empty; it has to be JSON"),
        ("secret", "the event is not JSON: expected value (line 1 column 1)"),
        (r#"{"a":"secret"#, "the event is not JSON: EOF while parsing a string (line 1 column 12)"),
        (r#"{} x"#, "the event is not JSON: trailing characters (line 1 column 4)"),
        ("[1] x", "the event is not JSON: trailing characters (line 1 column 5)"),
    ] {
        assert_eq!(classify(text.as_bytes()).err().map(|error| error.to_string()).as_deref(), Some(fault));
    }
}

#[test]
fn the_body_of_a_request_is_not_read_to_tell_its_kind() {
    let text = r#"{"httpMethod":"GET","path":"/","requestContext":{},"body":"never ends"#;
    assert_eq!(classify(text.as_bytes()).ok().and_then(|classified| classified.kind), Some(Kind::Http));
}

#[test]
fn events_come_back_as_they_arrived() -> Result<()> {
    fn unchanged<E: Event>(event: impl Into<Value>) -> Result<()> {
        let event = event.into();
        assert_eq!(read::<E>(event.clone())?.to_value()?, event);
        Ok(())
    }
    unchanged::<SnsEvent>(sns("t", "m").attribute("a", "b"))?;
    unchanged::<SqsEvent>(sqs("q.fifo", ["a", "", "c"]).attribute("a", "b"))?;
    unchanged::<S3Event>(s3("b", "in box/a+b%&é!.txt").version_id("v"))?;
    unchanged::<S3Event>(
        json!({"Records": [{"s3": {"bucket": {"name": "b"}, "object": {"key": "a%2Fb"}}}]}),
    )?;
    unchanged::<CloudWatchEvent>(cloudwatch("s", "t", json!({"a": [1]})).resources(["r"]))?;
    unchanged::<CloudWatchEvent>(json!({"source": "s", "time": null}))?;
    unchanged::<KinesisEvent>(kinesis("s", [&[0_u8, 255][..], b""]))?;
    unchanged::<DynamoDbEvent>(dynamodb("t", [modify(json!({"id": 1}), json!({"id": 1, "l": [null]}))]))?;
    unchanged::<WebsocketEvent>(websocket("$connect", "c", ""))?;
    unchanged::<WebsocketEvent>(websocket("$default", "c", "é"))?;
    unchanged::<WebsocketEvent>(json!({
        "requestContext": {"connectionId": "c"}, "body": "aGVsbG8=", "isBase64Encoded": true,
    }))?;
    unchanged::<LambdaFunctionEvent>(json!([null, {"a": 1.5}]))
}

#[test]
fn changed_fields_are_written_and_the_rest_stays() -> Result<()> {
    let mut event: SqsEvent = read(sqs("q", ["a", "b", "c"]))?;
    event.records.remove(1);
    event.records[1].body = "new".to_owned();
    event.records.push(SqsRecord::default());
    let value = event.to_value()?;
    assert_eq!(value["Records"][1]["body"], "new");
    assert_eq!(value["Records"][1]["attributes"]["SenderId"], "AIDAIENQZJOLO23YVJ4VO");
    assert_eq!(value["Records"][2], json!({"eventSource": "aws:sqs", "body": ""}));
    assert_eq!(read::<SqsEvent>(value)?.records.len(), 3);

    let mut event: S3Event = read(s3("b", "k"))?;
    event.key = "a b/é".to_owned();
    let value = event.to_value()?;
    assert_eq!(value["Records"][0]["s3"]["object"]["key"], "a+b/%C3%A9");
    assert_eq!(read::<S3Event>(value)?.key, "a b/é");

    let mut event: KinesisEvent = read(kinesis("s", ["d"]))?;
    event.records[0].timestamp += Duration::from_millis(250);
    assert_eq!(
        event.to_value()?["Records"][0]["kinesis"]["approximateArrivalTimestamp"],
        EPOCH as f64 + 0.75
    );
    Ok(())
}

#[test]
fn several_records_of_sns_and_s3_are_several_events() -> Result<()> {
    let records = [s3("b", "first"), s3("b", "second")].map(|event| event.build()["Records"][0].take());
    let event = json!({"Records": records, "extra": 1});
    let each = S3Event::decode_each(RawEvent::of(&event)?, Context::default())?;
    assert_eq!(each.iter().map(|event| event.key.as_str()).collect::<Vec<_>>(), ["first", "second"]);
    let second = each[1].to_value()?;
    assert_eq!(second["Records"].as_array().map(Vec::len), Some(1));
    assert_eq!((&second["extra"], &second["Records"][0]), (&json!(1), &event["Records"][1]));
    assert_eq!(serde_json::from_str::<Value>(each[1].original().get())?, event);
    Ok(())
}

#[test]
fn what_is_missing_is_named_by_its_path() {
    assert_eq!(fault::<SnsEvent>(json!({})), "this is no SNS event: `Records` is missing");
    assert_eq!(fault::<S3Event>(json!({"Records": []})), "the S3 event has no records: `Records` is empty");
    assert_eq!(
        fault::<SnsEvent>(json!({"Records": [{"Sns": {"Message": null}}]})),
        "this is no SNS event: `Records[0].Sns.Message` is missing"
    );
    assert_eq!(
        fault::<SqsEvent>(json!({"Records": [{"body": "a"}, {"body": 5}]})),
        "this is no SQS event: `Records[1].body`: expected a string, found an integer (line 1 column 34)"
    );
    assert_eq!(
        fault::<KinesisEvent>(json!({"Records": [{"kinesis": {"data": "secret!"}}]})),
        "this is no Kinesis event: `Records[0].kinesis.data`: it is not base64"
    );
    assert!(fault::<CloudWatchEvent>(json!({"n": 1})).contains("`source` and `detail-type` are missing"));
    assert!(fault::<WebsocketEvent>(json!({"requestContext": {}})).contains("`requestContext.connectionId`"));
    assert!(fault::<SqsEvent>(json!([])).contains("expected an object"), "{}", fault::<SqsEvent>(json!([])));
}

#[test]
fn null_is_as_good_as_absent() -> Result<()> {
    let event: SqsEvent = read(json!({"Records": [{"body": "x", "messageId": null, "attributes": null}]}))?;
    assert_eq!((event.records[0].message_id.as_str(), &event.records[0].attributes), ("", &json!({})));
    let event: DynamoDbEvent = read(json!({"Records": [{"dynamodb": {"NewImage": null}}]}))?;
    assert_eq!((&event.records[0].new_image, event.records[0].table_name()), (&None, ""));
    assert!(read::<SqsEvent>(json!({"Records": []}))?.records.is_empty());
    Ok(())
}

#[test]
fn times_are_exact_to_the_microsecond() -> Result<()> {
    let mut value = kinesis("s", ["d"]).build();
    value["Records"][0]["kinesis"]["approximateArrivalTimestamp"] = json!(1545084650.987);
    let event: KinesisEvent = read(value)?;
    assert_eq!(event.records[0].timestamp, SystemTime::UNIX_EPOCH + Duration::from_millis(1_545_084_650_987));
    Ok(())
}

#[test]
fn schedules_are_of_their_own_kind() -> Result<()> {
    assert_eq!(read::<CloudWatchEvent>(scheduled("r"))?.kind(), Kind::Scheduled);
    assert_eq!(read::<CloudWatchEvent>(scheduled("r").scheduler())?.kind(), Kind::Scheduled);
    assert_eq!(read::<CloudWatchEvent>(cloudwatch("aws.events", "x", json!({})))?.kind(), Kind::CloudWatch);
    Ok(())
}

#[test]
fn a_message_that_is_no_text_stays_in_base64() -> Result<()> {
    let event = |body: &str| {
        read::<WebsocketEvent>(json!({
            "requestContext": {"connectionId": "c"}, "body": body, "isBase64Encoded": true,
        }))
    };
    assert_eq!(event("aGVsbG8=")?.body, "hello");
    let binary = event("AP8=")?;
    assert_eq!((binary.body.as_str(), binary.is_base64_encoded), ("AP8=", true));
    assert!(event("secret!").is_err());
    Ok(())
}

#[test]
fn debug_shows_no_payload() -> Result<()> {
    let text = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?}",
        read::<SnsEvent>(sns("t", "secret"))?,
        read::<SqsEvent>(sqs("t", ["secret"]))?,
        read::<CloudWatchEvent>(cloudwatch("s", "t", json!({"a": "secret"})))?,
        read::<DynamoDbEvent>(dynamodb("t", [insert(json!({"a": "secret"}))]))?,
        read::<WebsocketEvent>(websocket("$default", "c", "secret"))?,
        read::<AuthRequest>(json!({"type": "TOKEN", "authorizationToken": "secret", "methodArn": "arn"}))?,
    );
    assert!(!text.contains("secret"), "{text}");
    Ok(())
}

#[test]
fn a_batch_can_be_walked_through() -> Result<()> {
    let mut event: SqsEvent = read(sqs("q", (0..3).map(|i| i.to_string())))?;
    for record in &mut event {
        record.body.push('!');
    }
    assert_eq!(event.iter().count(), 3);
    assert_eq!((&event).into_iter().map(|record| record.body.as_str()).collect::<String>(), "0!1!2!");
    assert_eq!(event.into_iter().map(|record| record.body).collect::<String>(), "0!1!2!");
    Ok(())
}

#[test]
fn changes_may_be_given_in_many_forms() {
    let changes = [
        Change::from(json!({"id": {"S": "1"}})),
        Change::from(json!({"Keys": {"id": {"S": "1"}}, "OldImage": {"id": {"S": "1"}}})),
        Change::from(json!({"eventName": "MODIFY", "dynamodb": {"Keys": {"k": {"N": "1"}}, "SizeBytes": 7}})),
    ];
    let event = dynamodb("users", changes).build();
    let names: Vec<_> = (0..3).map(|i| event["Records"][i]["eventName"].as_str()).collect();
    assert_eq!(names, [Some("INSERT"), Some("REMOVE"), Some("MODIFY")]);
    assert_eq!(event["Records"][2]["dynamodb"]["SizeBytes"], 7);
    assert_eq!(event["Records"][2]["dynamodb"]["Keys"], json!({"k": {"N": "1"}}));
}
