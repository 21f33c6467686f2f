namespace Weflux.Tests.Web.Data.SqlServer;

/// <summary>Webhook bodies that lead through all of the receiving code.</summary>
internal static class DatabaseBodies
{
    public const string EveryKind =
        """
        {
          "object": "whatsapp_business_account",
          "entry": [{
            "id": "WabaId",
            "changes": [
              { "field": "messages", "value": {
                "metadata": { "phone_number_id": "PhoneNumberId" },
                "contacts": [{ "wa_id": "15550001111", "profile": { "name": "Ana" } }, { "user_id": "IN.1", "wa_id": "15550002222", "profile": { "name": "Bo" } }],
                "messages": [
                  { "id": "wamid.1", "from": "15550001111", "type": "text", "timestamp": "1777896000", "text": { "body": "Hello" } },
                  { "id": "wamid.2", "from": "15550001111", "type": "text", "timestamp": "1777896001", "text": { "body": "STOP" } },
                  { "id": "wamid.3", "from": "15550002222", "from_user_id": "IN.1", "type": "text", "timestamp": "1777896002", "text": { "body": "Hello" } },
                  { "id": "wamid.4", "from": "15550001111", "type": "system", "timestamp": "1777896003",
                    "system": { "type": "user_changed_number", "body": "changed", "wa_id": "15550003333" } },
                  { "type": "text" }
                ] } },
              { "field": "messages", "value": {
                "metadata": { "phone_number_id": "PhoneNumberId" },
                "statuses": [
                  { "id": "wamid.out", "status": "failed", "timestamp": "1777896004", "biz_opaque_callback_data": "00000000000000000000000000000000",
                    "errors": [{ "code": 131050, "title": "Stopped" }] },
                  { "id": "wamid.early", "status": "delivered", "timestamp": "1777896004" }
                ] } },
              { "field": "user_preferences", "value": {
                "metadata": { "phone_number_id": "PhoneNumberId" },
                "user_preferences": [{ "wa_id": "15550004444", "value": "stop", "category": "marketing_messages", "timestamp": 1777896005 }] } },
              { "field": "user_id_update", "value": {
                "metadata": { "phone_number_id": "PhoneNumberId" },
                "user_id_update": [{ "wa_id": "15550002222", "user_id": { "previous": "IN.1", "current": "IN.2" } }] } },
              { "field": "message_template_status_update", "value": { "event": "APPROVED", "message_template_id": 77, "message_template_name": "order_sent", "message_template_language": "en" } }
            ]
          }]
        }
        """;
}
